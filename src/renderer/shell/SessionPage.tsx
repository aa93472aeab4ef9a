import { Loader, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RECONNECT_WINDOW_MS } from '../../shared/protocol/lan';
import { PasteTarget } from '../features/compose/PasteTarget';
import { useRecord } from '../features/recording/useRecord';
import { SessionArea } from '../features/session/SessionArea';
import { SessionPending } from '../features/session/SessionPending';
import { OwnShare } from '../features/share/OwnShare';
import { Stage } from '../features/stage/Stage';
import { Sentence } from '../i18n/Sentence';
import { useFormat } from '../i18n/useFormat';
import { useApp, useModel } from '../state/AppModelContext';
import { itemsOfInput, type ReadItems } from '../state/localItems';
import { folderPicker } from '../state/folders/pickFolder';
import { useSession } from '../state/selectors';
import { canShowScreens, isUp, type SessionView } from '../state/views';
import { CheckButton } from '../ui/CheckButton';
import { useFilePicker } from '../ui/fields/useFilePicker';
import { useIdle } from '../ui/useIdle';
import { Dock } from './Dock';
import { Drawer } from './Drawer';
import { useSessionShortcuts } from './useAppShortcuts';

/** One session: the stage, the drawer beside it, and the dock with what can be done. */
export function SessionPage({ sessionId }: { sessionId: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const session = useSession(sessionId);
  const drawer = useApp((state) => state.ui.drawer);
  const isIdle = useIdle();
  const record = useRecord({ sessionId, title: session?.title ?? '' });
  useSessionShortcuts(sessionId, record.toggle);
  const send = (read: ReadItems) =>
    void model.gather(read, (items) => model.core.sendFiles(sessionId, items));
  const picker = useFilePicker(
    (files) => send((onFound) => itemsOfInput(files, onFound)),
    folderPicker(model, send),
  );
  if (!session) return null;
  const hasBegun = isUp(session);
  return (
    <SessionArea session={session} isIdle={isIdle}>
      <VisuallyHidden component="h1" tabIndex={-1} data-landing>
        {session.title}
      </VisuallyHidden>
      <VisuallyHidden role="status">{t(`session.state.${session.state.phase}`)}</VisuallyHidden>
      <div className="session-body">
        <div className="session-stage">
          {hasBegun ? (
            <Stage session={session} ownShare={<OwnShare />} />
          ) : (
            <SessionPending session={session} />
          )}
          <ConnectionBanner session={session} />
        </div>
        {hasBegun && drawer !== 'closed' ? <Drawer session={session} tab={drawer} /> : null}
      </div>
      {hasBegun ? (
        <Dock session={session} onSendFiles={picker.pickFiles} onSendFolder={picker.pickFolder} />
      ) : null}
      <PasteTarget session={session} />
      {picker.inputs}
    </SessionArea>
  );
}

/** What of the connection is broken, and what goes on all the same. */
function ConnectionBanner({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const model = useModel();
  const { state, isConnected, title: name } = session;
  const look = { size: 'compact-xs', className: 'no-shrink' };
  const why = <CheckButton {...look} session={session} isFailed onOpen={(check) => model.open(check)} />;
  if (state.phase === 'reconnecting')
    return (
      <div className="session-banner" role="alert">
        <Loader size={16} color="currentColor" aria-hidden />
        {isConnected
          ? t('session.linkLost')
          : t('session.reconnecting', { duration: format.duration(RECONNECT_WINDOW_MS / 1000) })}
        {why}
      </div>
    );
  if (canShowScreens(session)) return null;
  return (
    <div className="session-banner" role="status">
      <span>
        {session.isLinkBlocked ? t('session.linkBlocked') : <Sentence k="session.noLink" names={{ name }} />}
      </span>
      {why}
    </div>
  );
}
