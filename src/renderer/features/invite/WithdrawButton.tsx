import { useTranslation } from 'react-i18next';
import { useModel } from '../../state/AppModelContext';
import { SureButton } from '../../ui/SureButton';

/** Takes an invite back, after a question. */
export function WithdrawButton({ inviteId, isSmall = false }: { inviteId: string; isSmall?: boolean }) {
  const { t } = useTranslation();
  const model = useModel();
  return (
    <SureButton
      size={isSmall ? 'compact-sm' : 'sm'}
      variant="subtle"
      color="gray"
      label={t('invites.withdraw')}
      sure={t('invites.withdrawSure')}
      onSure={() => void model.attempt(() => model.core.backend.request('invites:revoke', { inviteId }))}
    />
  );
}
