import { type ReactNode, useCallback } from 'react';
import { Sentence } from '../../i18n/Sentence';
import { useModel } from '../../state/AppModelContext';
import { itemsOfDrop } from '../../state/localItems';
import type { SessionView } from '../../state/views';
import { DropOverlay } from '../../ui/fields/DropOverlay';
import { useDropTarget } from '../../ui/fields/useDropTarget';

interface SessionAreaProps {
  session: SessionView;
  /** Nobody moves: what lies over the picture may hide. */
  isIdle: boolean;
  children: ReactNode;
}

/** The session's part of the window: takes files that are dropped anywhere in it. */
export function SessionArea({ session, isIdle, children }: SessionAreaProps) {
  const model = useModel();
  const { sessionId, title } = session;
  const isUp = session.state.phase === 'connected' || session.state.phase === 'reconnecting';
  const isOpen = isUp && session.ownRights.sendFiles;
  const send = useCallback(
    (transfer: DataTransfer) =>
      void model.gather(
        (onFound) => itemsOfDrop(transfer, model.core.folders, onFound),
        (items) => model.core.sendFiles(sessionId, items),
      ),
    [model, sessionId],
  );
  const drop = useDropTarget(isOpen ? send : null);

  return (
    <div className="session-area" data-idle={isIdle || undefined} {...drop.handlers}>
      {children}
      {drop.isOver ? (
        <DropOverlay
          title={<Sentence k="session.dropTitle" names={{ name: title }} />}
          help={<Sentence k="session.dropHelp" names={{ name: title }} />}
        />
      ) : null}
    </div>
  );
}
