import { Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWantsSound } from '../../state/sound/useScreenSound';
import { EchoNote } from './EchoNote';

/** Whether the sound of this computer goes with what is chosen, and before that what else would be in it. */
export function SoundSwitch() {
  const { t } = useTranslation();
  const { wantsSound, setWantsSound } = useWantsSound();
  return (
    <Stack gap={6} mt="md">
      <Switch
        checked={wantsSound}
        label={t('sound.share.computer')}
        description={t('sound.share.computerHelp')}
        onChange={(event) => void setWantsSound(event.currentTarget.checked)}
      />
      <EchoNote />
    </Stack>
  );
}
