import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Dialog } from '../../state/uiState';
import { useModel } from '../../state/AppModelContext';
import { useRelayInUse } from '../../state/selectors';
import { CodeInvite } from './CodeInvite';
import { EndedInvite } from './EndedInvite';
import './Invite.css';
import { InviteForm } from './InviteForm';
import { LinkInvite } from './LinkInvite';
import { NoRelay } from './NoRelay';

/** Invites somebody from anywhere: what they may do, then what to pass on to them, then how it ended. */
export function InviteDialog({ dialog }: { dialog: Extract<Dialog, { kind: 'invite' }> }) {
  const { t } = useTranslation();
  const model = useModel();
  const relay = useRelayInUse();
  const { invite, end } = dialog;
  return (
    <Modal
      opened
      onClose={() => model.open({ kind: 'none' })}
      title={t(
        invite === null
          ? 'invites.form.title'
          : invite.way.kind === 'link'
            ? 'invites.link.title'
            : 'invites.code.title',
      )}
      size={620}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {invite !== null && end !== null ? (
        <EndedInvite invite={invite} end={end} />
      ) : invite !== null && invite.way.kind === 'link' ? (
        <LinkInvite invite={invite} way={invite.way} />
      ) : invite !== null && invite.way.kind === 'code' ? (
        <CodeInvite invite={invite} code={invite.way.code} />
      ) : relay === null ? (
        <NoRelay />
      ) : (
        <InviteForm relay={relay} />
      )}
    </Modal>
  );
}
