import { Menu } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { useSoundCapture } from '../../state/sound/useSound';
import { useSoundWay, useWantsSound } from '../../state/sound/useScreenSound';
import { EchoNote } from './EchoNote';
import { useChangeShare, useScreenCapture } from './useChooseShare';

/** Before a share: whether sound goes with it, where the browser or the desktop asks what to share and no dialog of ours does. */
export function SoundChoiceItem() {
  const { t } = useTranslation();
  const way = useSoundWay();
  const { wantsSound, setWantsSound } = useWantsSound();
  if (way === 'none') return null;
  return (
    <>
      <Menu.CheckboxItem checked={wantsSound} onChange={(isOn) => void setWantsSound(isOn)}>
        {t(`sound.share.${way}`)}
      </Menu.CheckboxItem>
      <Menu.Label maw={320} fw={400} className="wrap-anywhere">
        {t(`sound.share.${way}Help`)}
      </Menu.Label>
      <EchoNote />
    </>
  );
}

/** While something is shared: its sound off and on again, or sound for a share that has none, which takes another choice. */
export function SoundItem() {
  const { t } = useTranslation();
  const model = useModel();
  const way = useSoundWay();
  const screen = useScreenCapture();
  const sound = useSoundCapture();
  const { setWantsSound } = useWantsSound();
  const change = useChangeShare();
  if (!sound && way === 'none') return null;
  if (!sound)
    return (
      <Menu.Item
        leftSection={<IconVolume size={17} />}
        onClick={() => void setWantsSound(true).then((isKept) => isKept && change())}
      >
        {t('sound.share.add')}
      </Menu.Item>
    );
  const isOff = sound.mute === 'paused';
  return (
    <Menu.Item
      leftSection={isOff ? <IconVolume size={17} /> : <IconVolumeOff size={17} />}
      // A pause of the screen is one of its sound.
      disabled={screen?.mute === 'paused'}
      onClick={() => model.core.setMuted('screen-audio', !isOff)}
    >
      {t(isOff ? 'sound.own.turnOn' : 'sound.own.turnOff')}
    </Menu.Item>
  );
}
