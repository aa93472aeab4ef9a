import { Button, Text } from '@mantine/core';
import { IconLink, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Invite } from '../../../shared/contract/invites';
import { useFormat } from '../../i18n/useFormat';
import { useApp, useModel } from '../../state/AppModelContext';
import { Section } from '../../ui/Section';
import './Invite.css';
import { InviteStanding } from './InviteStanding';
import { inviteName, validityWords } from './inviteWords';
import { WithdrawButton } from './WithdrawButton';

/** The invites that somebody may still come by. Nothing where there are none. */
export function OpenInvites() {
  const { t } = useTranslation();
  const invites = useApp((state) => state.core.invites);
  if (invites.length === 0) return null;
  return (
    <Section title={t('invites.list.title')}>
      <ul className="open-invites">
        {invites.map((invite) => (
          <Row key={invite.inviteId} invite={invite} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ invite }: { invite: Invite }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const name = inviteName(t, invite);
  const Icon = invite.way.kind === 'link' ? IconLink : IconPhone;
  return (
    <li className="open-invite" data-testid="open-invite">
      <Icon size={20} stroke={1.6} aria-hidden className="no-shrink" />
      <div className="grow">
        <Text size="sm" fw={600} className="wrap-anywhere">
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {validityWords(t, format, invite)}
        </Text>
        <InviteStanding invite={invite} />
      </div>
      <div className="open-invite-actions">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('invites.list.showNamed', { what: name })}
          onClick={() => model.open({ kind: 'invite', invite, end: null })}
        >
          {t('invites.list.show')}
        </Button>
        <WithdrawButton inviteId={invite.inviteId} isSmall />
      </div>
    </li>
  );
}
