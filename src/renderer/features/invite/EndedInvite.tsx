import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invite, InviteEnd } from '../../../shared/contract/invites';
import { Sentence } from '../../i18n/Sentence';
import { useApp, useModel } from '../../state/AppModelContext';

/** How an invite ended, and what to do then. */
export function EndedInvite({ invite, end }: { invite: Invite; end: InviteEnd }) {
  const { t } = useTranslation();
  const model = useModel();
  const title = useRef<HTMLHeadingElement>(null);
  // What had the focus is gone, and a key that was on its way shall press nothing.
  useEffect(() => title.current?.focus(), []);
  const name = invite.guests.at(-1) ?? '';
  const sessionId = useApp(({ core }) =>
    end === 'used'
      ? core.sessions.findLast((each) => each.direction === 'incoming' && each.title === name)?.sessionId
      : undefined,
  );
  const go = () => {
    model.open({ kind: 'none' });
    if (sessionId !== undefined) model.show({ kind: 'session', sessionId });
  };
  return (
    <div role="status">
      <Text component="h3" m={0} fw={600} className="wrap-anywhere" tabIndex={-1} ref={title}>
        <Sentence k={`invites.ended.${end}.title`} names={{ name }} />
      </Text>
      <Text size="sm" c="dimmed">
        {t(`invites.ended.${end}.help`)}
      </Text>
      <Group justify="flex-end" mt="md">
        {sessionId === undefined ? (
          <Button onClick={() => model.open({ kind: 'invite', invite: null, end: null })}>
            {t('invites.again')}
          </Button>
        ) : (
          <Button onClick={go}>{t('invites.toSession')}</Button>
        )}
      </Group>
    </div>
  );
}
