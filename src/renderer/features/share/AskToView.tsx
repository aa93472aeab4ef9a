import { Menu } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { canShowScreens, type SessionView } from '../../state/views';
import { DockButton } from '../../ui/DockButton';

const WORDS = {
  ready: 'ask',
  waiting: 'waiting',
  declined: 'declined',
  'no-screen': 'noScreen',
  resting: 'resting',
} as const;

/** Asks the other person for their screen; says what became of it. Nothing once the screen is there, or where the invite that they came by includes none. */
export function AskToView({ session }: { session: SessionView }) {
  const { label, isReady, ask } = useAsking(session);
  if (session.remoteShare || !session.rights.share) return null;
  return (
    <DockButton
      label={label}
      icon={<IconEye size={19} stroke={1.7} />}
      onClick={ask}
      // Not `disabled`: that would drop the focus, and nobody would hear the answer.
      {...(isReady ? {} : ({ 'aria-disabled': true, 'data-disabled': true } as const))}
    />
  );
}

/** The same in a menu. */
export function AskToViewItem({ session }: { session: SessionView }) {
  const { label, isReady, ask } = useAsking(session);
  if (session.remoteShare || !session.rights.share) return null;
  return (
    <Menu.Item leftSection={<IconEye size={17} />} disabled={!isReady} onClick={ask}>
      {label}
    </Menu.Item>
  );
}

function useAsking(session: SessionView): { label: string; isReady: boolean; ask: () => void } {
  const { t } = useTranslation();
  const model = useModel();
  const { sessionId, viewRequest } = session;
  const isReady = viewRequest === 'ready' && canShowScreens(session);
  return {
    label: t(`share.view.${WORDS[viewRequest]}`),
    isReady,
    ask: () => {
      if (isReady) model.core.askToView(sessionId);
    },
  };
}
