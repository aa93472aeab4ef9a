import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../state/AppModelContext';

/** How long it is told, in ms: time to read it twice. */
const SHOWN_MS = 12_000;

/** Says once, quietly, that this computer is too slow for the best codec. Draws nothing. */
export function CodecNotice(): null {
  const { t } = useTranslation();
  const isTooSlow = useApp((state) => state.core.screenQuality.skippedCodecs > 0);
  const isTold = useRef(false);
  useEffect(() => {
    if (!isTooSlow || isTold.current) return;
    isTold.current = true;
    notifications.show({
      id: 'codec',
      color: 'gray',
      autoClose: SHOWN_MS,
      withBorder: true,
      closeButtonProps: { 'aria-label': t('app.dismiss') },
      message: t('quality.stepped'),
    });
  }, [isTooSlow, t]);
  return null;
}
