import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { useApp } from '../../state/AppModelContext';
import { useTotalPercent } from '../../state/selectors';

/**
 * Keeps the window's title: how far transfers are, the other side's name in a session, the app's name everywhere. A
 * component of its own, as the page around it need not be drawn again for each percent.
 */
export function DocumentTitle() {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useApp(({ ui, core }) => {
    if (ui.view.kind !== 'session') return null;
    const { sessionId } = ui.view;
    return core.sessions.find((session) => session.sessionId === sessionId)?.title ?? null;
  });
  const percent = useTotalPercent();
  // What a page that stands aside knows is of before.
  const isAside = useApp(({ core }) => core.aside !== null);
  const app = t('app.name');
  useEffect(() => {
    const title = name === null ? app : `${name} – ${app}`;
    document.title = percent === null || isAside ? title : `${format.percent(percent / 100)} · ${title}`;
  }, [name, app, percent, isAside, format]);
  return null;
}
