import { useTranslation } from 'react-i18next';
import { useApp, useModel } from '../../state/AppModelContext';
import type { SessionView } from '../../state/views';
import { fileTime } from './clockText';

/** What can be done about recording a session now: what it is called, why it can't be done, and how it is done. */
export function useRecord({ sessionId, title: name }: Pick<SessionView, 'sessionId' | 'title'>): {
  label: string;
  why: string | null;
  toggle: () => void;
} {
  const { t } = useTranslation();
  const model = useModel();
  const isOwn = useApp(({ core }) => core.recordings.own?.sessionIds.includes(sessionId) ?? false);
  const isElsewhere = useApp(({ core }) => core.recordings.own !== null) && !isOwn;
  const isAskable = useApp(({ core }) => core.recordings.askable.includes(sessionId));
  const { recording } = model.core;
  const whyNot = () => {
    if (!recording.canRecord) return t('recording.unable');
    if (isElsewhere) return t('recording.elsewhere');
    return isAskable ? null : t('recording.unknown');
  };
  const why = isOwn ? null : whyNot();
  const nameAt = (nowMs: number) => t('recording.fileName', { name, date: fileTime(nowMs) });
  return {
    label: t(isOwn ? 'recording.stop' : 'recording.start'),
    why,
    toggle: () => {
      if (isOwn) recording.stop();
      else if (why === null) void model.attempt(() => recording.ask([sessionId], nameAt));
    },
  };
}
