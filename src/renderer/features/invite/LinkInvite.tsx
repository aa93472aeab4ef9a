import { Button, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Invite } from '../../../shared/contract/invites';
import { useFormat } from '../../i18n/useFormat';
import { QrCode } from '../../ui/QrCode';
import { InviteFoot } from './InviteFoot';
import { InviteStanding } from './InviteStanding';
import { allowedWords, validityWords } from './inviteWords';

interface LinkInviteProps {
  invite: Invite;
  way: Extract<Invite['way'], { kind: 'link' }>;
}

/** A link to pass on: by copying it, or for a phone's camera. */
export function LinkInvite({ invite, way }: LinkInviteProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <div className="invite-link">
        <QrCode text={way.link} label={t('invites.link.qr')} />
        <div className="grow">
          <Group gap={6} mb="xs">
            <CopyLink link={way.link} label={t('invites.link.copy')} isMain />
            <CopyLink link={way.appLink} label={t('invites.link.copyApp')} />
          </Group>
          <code className="invite-link-text" aria-label={t('invites.link.label')}>
            {way.link}
          </code>
          <InviteStanding invite={invite} />
          <Text size="xs" c="dimmed">
            {validityWords(t, format, invite)}
          </Text>
          <Text size="xs" c="dimmed">
            {allowedWords(t, format, invite.rights)}
          </Text>
        </div>
      </div>
      <InviteFoot inviteId={invite.inviteId} />
    </>
  );
}

function CopyLink({ link, label, isMain = false }: { link: string; label: string; isMain?: boolean }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={link}>
      {({ copied, copy }) => (
        <Button
          size={isMain ? 'sm' : 'compact-xs'}
          variant={isMain ? 'filled' : 'subtle'}
          className="invite-copy"
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          autoFocus={isMain}
          data-autofocus={isMain || undefined}
          onClick={copy}
        >
          <span aria-live="polite">{copied ? t('app.copied') : label}</span>
        </Button>
      )}
    </CopyButton>
  );
}
