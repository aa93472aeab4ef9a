import { Button, CloseButton } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { useLiveEcho } from '../../state/sound/useScreenSound';
import { ECHO_TITLES } from './EchoNote';

/** In every view: a voice is heard while the sound of this computer is shared, so that it goes back to whose it is. */
export function EchoBar() {
  const { t } = useTranslation();
  const model = useModel();
  const echo = useLiveEcho();
  const [isClosed, setIsClosed] = useState(false);
  if (echo === 'none' || isClosed) return null;
  return (
    <div className="echo-bar" role="status" data-testid="echo-bar">
      <IconVolume size={19} aria-hidden className="no-shrink" />
      <span className="echo-bar-words">
        <strong>{t(ECHO_TITLES[echo])}</strong>
      </span>
      <Button size="xs" onClick={() => model.core.setMuted('screen-audio', true)}>
        {t('sound.own.turnOff')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => model.open({ kind: 'voice' })}>
        {t('sound.echo.speaker')}
      </Button>
      <CloseButton aria-label={t('voice.hint.close')} onClick={() => setIsClosed(true)} />
    </div>
  );
}
