import { Button, Loader } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RECONNECT_WINDOW_MS } from '../../shared/signaling/lan';
import { SessionArea } from '../features/session/SessionArea';
import { SessionHeader } from '../features/session/SessionHeader';
import { SessionPending } from '../features/session/SessionPending';
import { ShareButton } from '../features/share/ShareButton';
import { Stage } from '../features/stage/Stage';
import { useFormat } from '../i18n/useFormat';
import { useModel } from '../state/AppModelContext';
import { itemsOfInput } from '../state/localItems';
import { useSession } from '../state/selectors';
import { useFilePicker } from '../ui/useFilePicker';

/** One session: header, stage, and the ways to share. */
export function SessionPage({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const session = useSession(sessionId);
  const picker = useFilePicker((files) => {
    void model.attempt(() => model.core.sendFiles(sessionId, itemsOfInput(files)));
  });
  if (!session) return null;
  const { phase } = session.state;
  const isUp = phase === 'connected' || phase === 'reconnecting';
  return (
    <SessionArea session={session}>
      <SessionHeader
        session={session}
        share={<ShareButton session={session} hasShortcut />}
        onSendFiles={picker.pickFiles}
        onSendFolder={picker.pickFolder}
      />
      {phase === 'reconnecting' ? <ReconnectingBanner /> : null}
      {isUp ? (
        <Stage
          session={session}
          actions={
            <>
              <ShareButton session={session} />
              <Button variant="default" leftSection={<IconFile size={17} />} onClick={picker.pickFiles}>
                {t('session.sendFiles')}
              </Button>
            </>
          }
        />
      ) : (
        <SessionPending session={session} />
      )}
      {picker.inputs}
    </SessionArea>
  );
}

function ReconnectingBanner() {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="session-banner" role="alert">
      <Loader size={16} color="currentColor" aria-hidden />
      {t('session.reconnecting', { duration: format.duration(RECONNECT_WINDOW_MS / 1000) })}
    </div>
  );
}
