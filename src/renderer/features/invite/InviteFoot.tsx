import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { WithdrawButton } from './WithdrawButton';

/** What can be done with an invite that is open: take it back, or leave it open. */
export function InviteFoot({ inviteId, hasFocus = false }: { inviteId: string; hasFocus?: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <Group justify="space-between" className="invite-actions">
      <WithdrawButton inviteId={inviteId} />
      <Button
        variant="default"
        autoFocus={hasFocus}
        data-autofocus={hasFocus || undefined}
        onClick={() => model.open({ kind: 'none' })}
      >
        {t('invites.done')}
      </Button>
    </Group>
  );
}
