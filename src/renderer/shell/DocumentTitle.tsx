import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TotalProgress } from '../../shared/transfer/TotalProgress';
import { useFormat } from '../i18n/useFormat';
import { useApp } from '../state/AppModelContext';

/**
 * Keeps the window's title: how far transfers are, the other side's name in a session, the app's name everywhere. A
 * component of its own, as the page around it need not be drawn again for each percent.
 */
export function DocumentTitle() {
  const { t } = useTranslation();
  const format = useFormat();
  const [total] = useState(() => new TotalProgress());
  const name = useApp(({ ui, core }) => {
    if (ui.view.kind !== 'session') return null;
    const { sessionId } = ui.view;
    return core.sessions.find((session) => session.sessionId === sessionId)?.title ?? null;
  });
  // In whole percents, so that the window is not drawn again for less.
  const percent = useApp(({ core }) => {
    const fraction = total.take(core.transfers);
    return fraction === null ? null : Math.floor(fraction * 100);
  });
  const app = t('app.name');
  useEffect(() => {
    const title = name === null ? app : `${name} – ${app}`;
    document.title = percent === null ? title : `${format.percent(percent / 100)} · ${title}`;
  }, [name, app, percent, format]);
  return null;
}
