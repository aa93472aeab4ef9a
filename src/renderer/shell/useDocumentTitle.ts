import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../state/AppModelContext';

/** Keeps the window's title: the other side's name in a session, the app's name everywhere. */
export function useDocumentTitle(): void {
  const { t } = useTranslation();
  const name = useApp(({ ui, core }) => {
    if (ui.view.kind !== 'session') return null;
    const { sessionId } = ui.view;
    return core.sessions.find((session) => session.sessionId === sessionId)?.title ?? null;
  });
  const app = t('app.name');
  useEffect(() => {
    document.title = name === null ? app : `${name} – ${app}`;
  }, [name, app]);
}
