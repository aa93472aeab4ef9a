import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndReason } from '../../../shared/protocol/endReason';
import { Sentence } from '../../i18n/Sentence';
import { endKey } from '../../i18n/words';
import { useApp, useModel } from '../../state/AppModelContext';
import type { AppModel } from '../../state/store';
import type { SessionView } from '../../state/views';

/** How long an end is told of, in ms: time to read it twice, and to connect again. */
const SHOWN_MS = 12_000;

/** Ends that one sentence tells: the session goes with it. All others stay, with what may be behind them and what to do. */
const TOLD_ONCE: ReadonlySet<EndReason> = new Set(['declined', 'cancelled', 'timed-out', 'left', 'closed']);

/** Says once that a session is over, with a way back, and puts it away. Draws nothing. */
export function EndedNotices(): null {
  const { t } = useTranslation();
  const model = useModel();
  const sessions = useApp((state) => state.core.sessions);
  useEffect(() => {
    for (const session of sessions) {
      if (session.state.phase !== 'ended' || !TOLD_ONCE.has(session.state.reason)) continue;
      tell(model, session, session.state, t('app.dismiss'));
    }
  }, [sessions, model, t]);
  return null;
}

function tell(
  model: AppModel,
  { sessionId, title, peer, scope }: SessionView,
  { reason, by }: { reason: EndReason; by: 'me' | 'peer' | 'none' },
  dismissLabel: string,
): void {
  const connectAgain = model.putAway(sessionId);
  // Turning a request away needs no way back and no word; what became of files is told where they were sent.
  if ((reason === 'declined' && by === 'me') || scope === 'files') return;
  // One a device: the last word counts.
  const id = `ended-${peer?.deviceId ?? title}`;
  notifications.hide(id);
  notifications.show({
    id,
    color: 'gray',
    autoClose: SHOWN_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': dismissLabel },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <span className="wrap-anywhere">
          <Sentence k={`ends.${endKey(reason, by === 'me')}.title`} names={{ name: title }} />
        </span>
        {connectAgain ? (
          <ConnectAgain
            onPress={() => {
              notifications.hide(id);
              connectAgain();
            }}
          />
        ) : null}
      </Group>
    ),
  });
}

/** Drawn here, and not as it is told: the language may change while it is in sight. */
function ConnectAgain({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <Button size="compact-sm" variant="light" className="no-shrink" onClick={onPress}>
      {t('app.connectAgain')}
    </Button>
  );
}
