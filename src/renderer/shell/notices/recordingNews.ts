import type { TFunction } from 'i18next';
import type { AppStore } from '../../state/store';

type Core = Pick<AppStore['core'], 'recordings' | 'sessions'>;

/** What became of recordings, this person's and those of others, for a screen reader. */
export function recordingNews(t: TFunction, before: Core, after: Core): string[] {
  if (before.recordings === after.recordings) return [];
  const nameOf = (sessionId: string) =>
    [...after.sessions, ...before.sessions].find((each) => each.sessionId === sessionId)?.title ?? '';
  const old = new Map(before.recordings.theirs.map((each) => [each.recordingId, each]));
  const now = new Map(after.recordings.theirs.map((each) => [each.recordingId, each]));
  const theirs: string[] = [...now.values()].flatMap(({ recordingId, sessionId, phase }) => {
    const was = old.get(recordingId)?.phase ?? null;
    if (phase === was) return [];
    if (phase === 'asked') return [t('recording.announce.asked', { name: nameOf(sessionId) })];
    // From the yes on it may begin at any moment, and is shown so.
    return was === 'allowed' ? [] : [t('recording.announce.theirs', { name: nameOf(sessionId) })];
  });
  const over: string[] = [...old.values()].flatMap(({ recordingId, sessionId, phase }) =>
    now.has(recordingId) || phase === 'asked'
      ? []
      : [t('recording.announce.theirsOver', { name: nameOf(sessionId) })],
  );
  const [ownWas, own] = [before.recordings.own?.phase, after.recordings.own?.phase];
  const isOn = (phase: typeof own) => phase === 'running';
  if (isOn(own) && !isOn(ownWas)) theirs.push(t('recording.announce.own'));
  if (isOn(ownWas) && !isOn(own)) over.push(t('recording.announce.ownOver'));
  return [...theirs, ...over];
}
