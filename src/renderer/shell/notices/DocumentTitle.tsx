import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat';
import { useApp } from '../../state/AppModelContext';
import { isRecording } from '../../state/recordings';
import { useTotalNewsCount, useTotalPercent } from '../../state/selectors';

/**
 * Keeps the window's title: how much is new, how far transfers are, the other side's name in a session, the app's name everywhere. A
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
  const newsCount = useTotalNewsCount();
  // What a page that stands aside knows is of before.
  const isAside = useApp(({ core }) => core.aside !== null);
  // It counts for no less where another view is open, or another program.
  const isHeard = useApp(({ core }) =>
    core.captures.some(({ source, mute }) => source === 'microphone' && mute === 'none'),
  );
  const isOnRecord = useApp(({ core }) => isRecording(core.recordings));
  const app = t('app.name');
  useEffect(() => {
    const place = name === null ? app : `${name} – ${app}`;
    const marks = [isOnRecord ? `● ${t('recording.title')}` : null, isHeard ? t('voice.live.title') : null];
    const live = marks.flatMap((mark) => (mark === null ? [] : `${mark} · `)).join('');
    const title = percent === null || isAside ? place : `${format.percent(percent / 100)} · ${place}`;
    document.title = live + (newsCount === 0 || isAside ? title : `(${newsCount}) ${title}`);
  }, [name, app, percent, newsCount, isAside, isHeard, isOnRecord, format, t]);
  return null;
}
