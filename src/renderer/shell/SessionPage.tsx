import { Button, Loader } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RECONNECT_WINDOW_MS } from '../../shared/protocol/lan';
import { ComposeArea } from '../features/compose/ComposeArea';
import { SessionArea } from '../features/session/SessionArea';
import { SessionHeader } from '../features/session/SessionHeader';
import { SessionPending } from '../features/session/SessionPending';
import { AskToView } from '../features/share/AskToView';
import { ShareButton } from '../features/share/ShareButton';
import { ViewRequestBar } from '../features/share/ViewRequestBar';
import { Stage } from '../features/stage/Stage';
import { useFormat } from '../i18n/useFormat';
import { useModel } from '../state/AppModelContext';
import { itemsOfInput, type ReadItems } from '../state/localItems';
import { folderPicker } from '../state/pickFolder';
import { useSession } from '../state/selectors';
import { canShowScreens, type SessionView } from '../state/views';
import { useFilePicker } from '../ui/fields/useFilePicker';

/** One session: header, stage, and the ways to share. */
export function SessionPage({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const session = useSession(sessionId);
  const send = (read: ReadItems) =>
    void model.gather(read, (items) => model.core.sendFiles(sessionId, items));
  const picker = useFilePicker(
    (files) => send((onFound) => itemsOfInput(files, onFound)),
    folderPicker(model, send),
  );
  if (!session) return null;
  const { phase } = session.state;
  const isUp = phase === 'connected' || phase === 'reconnecting';
  return (
    <SessionArea session={session}>
      <SessionHeader
        session={session}
        share={
          <>
            <AskToView session={session} />
            <ShareButton session={session} hasShortcut />
          </>
        }
        onSendFiles={picker.pickFiles}
        onSendFolder={picker.pickFolder}
      />
      <ConnectionBanner session={session} />
      {session.isViewRequested ? <ViewRequestBar session={session} /> : null}
      {isUp ? (
        <Stage
          session={session}
          actions={
            <>
              <ShareButton session={session} />
              <AskToView session={session} hasLabel />
              <Button variant="default" leftSection={<IconFile size={17} />} onClick={picker.pickFiles}>
                {t('session.sendFiles')}
              </Button>
            </>
          }
        />
      ) : (
        <SessionPending session={session} />
      )}
      <ComposeArea session={session} />
      {picker.inputs}
    </SessionArea>
  );
}

/** What of the connection is broken, and what goes on all the same. */
function ConnectionBanner({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, isConnected, title: name } = session;
  if (state.phase === 'reconnecting')
    return (
      <div className="session-banner" role="alert">
        <Loader size={16} color="currentColor" aria-hidden />
        {isConnected
          ? t('session.linkLost')
          : t('session.reconnecting', { duration: format.duration(RECONNECT_WINDOW_MS / 1000) })}
      </div>
    );
  if (canShowScreens(session)) return null;
  return (
    <div className="session-banner" role="status">
      {t('session.noLink', { name })}
    </div>
  );
}
