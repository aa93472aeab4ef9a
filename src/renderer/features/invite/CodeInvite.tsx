import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Invite } from '../../../shared/contract/invites';
import { useFormat } from '../../i18n/useFormat';
import { useSecondsLeft } from '../../ui/prompt/useSecondsLeft';
import { InviteFoot } from './InviteFoot';
import { InviteStanding } from './InviteStanding';
import { allowedWords } from './inviteWords';

/** A code to say to somebody, with the time that is left to do so. */
export function CodeInvite({ invite, code }: { invite: Invite; code: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('invites.code.help')}
      </Text>
      <p className="invite-code" role="group" aria-label={t('invites.code.label')}>
        {code}
      </p>
      <TimeLeft untilMs={invite.expiresMs} />
      <InviteStanding invite={invite} />
      <Text size="xs" c="dimmed">
        {allowedWords(t, format, invite.rights)}
      </Text>
      <InviteFoot inviteId={invite.inviteId} hasFocus />
    </>
  );
}

/** Minutes and seconds. They are there to be read, but not called out as they run. */
function TimeLeft({ untilMs }: { untilMs: number }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(untilMs) ?? 0;
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <Text ta="center" c="dimmed" className="numbers" data-testid="code-time">
      {t('invites.code.endsIn', { time })}
    </Text>
  );
}
