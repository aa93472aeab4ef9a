import { IconFileDownload } from '@tabler/icons-react';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Sentence } from '../i18n/Sentence';
import { useApp, useModel } from '../state/AppModelContext';
import { itemsOfDrop } from '../state/localItems';
import { hasDropTarget, isDropBarred, sessionForDrop } from '../state/uiState';
import { useWindowDrop } from '../ui/fields/useWindowDrop';
import './WindowDrop.css';

/** Takes files that are dropped beside the devices and the session, where it is plain whom they are for; else says where to drop them. */
export function WindowDrop() {
  const { t } = useTranslation();
  const model = useModel();
  const session = useApp(({ core, ui }) => sessionForDrop(core.sessions, ui.view));
  const isBarred = useApp(({ core, ui }) => isDropBarred(core.sessions, ui.view));
  const isPossible = useApp(({ core }) => hasDropTarget(core));
  const sessionId = session?.sessionId ?? null;
  const send = useCallback(
    (transfer: DataTransfer) => {
      if (sessionId === null) return;
      model.show({ kind: 'session', sessionId });
      void model.gather(
        (onFound) => itemsOfDrop(transfer, model.core.folders, onFound),
        (items) => model.core.sendFiles(sessionId, items),
      );
    },
    [model, sessionId],
  );
  const drag = useWindowDrop(sessionId === null ? null : send);
  const isHinting = drag === 'missed' || (drag !== 'none' && !session);
  const elsewhere = t(isPossible ? 'app.drop.onDevice' : 'app.drop.nobody');
  const where = isBarred ? t('app.drop.barred') : elsewhere;
  return (
    <div role="status" data-testid="window-drop">
      {drag === 'beside' && session ? (
        <Words
          title={<Sentence k="session.dropTitle" names={{ name: session.title }} />}
          help={<Sentence k="session.dropHelp" names={{ name: session.title }} />}
        />
      ) : null}
      {isHinting ? (
        <Words
          isHint
          title={drag === 'missed' ? t('app.drop.missed') : where}
          help={drag === 'missed' ? where : null}
        />
      ) : null}
    </div>
  );
}

function Words({ title, help, isHint = false }: { title: ReactNode; help: ReactNode; isHint?: boolean }) {
  return (
    <div className="window-drop" data-hint={isHint || undefined}>
      <div className="window-drop-words">
        <IconFileDownload size={28} stroke={1.5} aria-hidden className="no-shrink" />
        <div>
          <strong>{title}</strong>
          {help === null ? null : <span>{help}</span>}
        </div>
      </div>
    </div>
  );
}
