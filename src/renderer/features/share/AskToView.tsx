import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { canShowScreens, type SessionView } from '../../state/views';
import { TipButton } from '../../ui/TipButton';

const WORDS = {
  ready: 'ask',
  waiting: 'waiting',
  declined: 'declined',
  'no-screen': 'noScreen',
  resting: 'resting',
} as const;

/** Asks the other person for their screen; says what became of it. Nothing once the screen is there. */
export function AskToView({ session, hasLabel = false }: { session: SessionView; hasLabel?: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  const { sessionId, viewRequest, remoteShare } = session;
  if (remoteShare) return null;
  const label = t(`share.view.${WORDS[viewRequest]}`);
  const isReady = viewRequest === 'ready' && canShowScreens(session);
  // Not `disabled`: that would drop the focus, and nobody would hear the answer.
  const others = isReady ? {} : ({ 'aria-disabled': true, 'data-disabled': true } as const);
  const ask = () => {
    if (isReady) model.core.askToView(sessionId);
  };
  if (hasLabel) {
    return (
      <Button variant="default" leftSection={<IconEye size={18} />} onClick={ask} {...others}>
        {label}
      </Button>
    );
  }
  return (
    <TipButton label={label} variant="default" size={36} onClick={ask} {...others}>
      <IconEye size={18} />
    </TipButton>
  );
}
