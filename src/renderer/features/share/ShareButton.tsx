import { Button, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconScreenShare, IconScreenShareOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { canShowScreens, type SessionView } from '../../state/views';
import { shortcutKeys } from '../../ui/shortcuts';
import { TipLabel } from '../../ui/TipButton';
import { useChooseShare, useScreenCapture } from './useChooseShare';

const SHORTCUT = 'mod+shift+S';

/** Starts a share, and stops the one there is. */
export function ShareButton({
  session,
  hasShortcut = false,
}: {
  session: SessionView;
  hasShortcut?: boolean;
}) {
  const { t } = useTranslation();
  const toggle = useShareToggle(session);
  useHotkeys(hasShortcut ? [[SHORTCUT, toggle]] : []);
  const isSharing = session.localShare !== null;
  const hasCapture = useScreenCapture() !== null;
  const label = t(isSharing ? 'share.stop' : hasCapture ? 'share.startHere' : 'share.start');
  const isPossible = isSharing || canShowScreens(session);
  const keys = hasShortcut ? shortcutKeys(SHORTCUT) : undefined;
  return (
    <Tooltip label={<TipLabel label={label} keys={keys} />} openDelay={400} disabled={!keys}>
      <Button
        color={isSharing ? 'ember' : 'cobalt'}
        leftSection={isSharing ? <IconScreenShareOff size={18} /> : <IconScreenShare size={18} />}
        onClick={toggle}
        {...(isPossible ? {} : ({ 'aria-disabled': true, 'data-disabled': true } as const))}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

function useShareToggle(session: SessionView): () => void {
  const model = useModel();
  const choose = useChooseShare(session.sessionId);
  return () => {
    if (session.localShare) model.core.stopSharing(session.sessionId);
    else if (canShowScreens(session)) choose();
  };
}
