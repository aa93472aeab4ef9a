import type { CoreSnapshot, SessionView } from '../../core/types';

/** What came in a session while nobody looked. */
interface Unseen {
  texts: number;
  /** The other side has begun to show a screen. */
  shares: number;
}

/** By session; sessions without anything are not in it. */
export type Unread = ReadonlyMap<string, Unseen>;

/** What a person has before their eyes. */
export interface Seen {
  sessionId: string;
  hasTexts: boolean;
}

const NOTHING: Unseen = { texts: 0, shares: 0 };

/** What is unread after a change of the core; the same map where nothing is new. */
export function unreadAfter(
  unread: Unread,
  before: CoreSnapshot,
  after: CoreSnapshot,
  seen: Seen | null,
): Unread {
  if (before.sessions === after.sessions) return unread;
  let next = unread;
  for (const session of after.sessions) {
    const { sessionId } = session;
    // A page that starts finds what its person has seen before.
    if (before.app === null || (seen?.sessionId === sessionId && seen.hasTexts)) continue;
    const news = newsOf(
      before.sessions.find((each) => each.sessionId === sessionId),
      session,
      seen?.sessionId === sessionId,
    );
    if (news.texts + news.shares === 0) continue;
    const { texts, shares } = next.get(sessionId) ?? NOTHING;
    next = new Map(next).set(sessionId, { texts: texts + news.texts, shares: shares + news.shares });
  }
  const ids = new Set(after.sessions.map(({ sessionId }) => sessionId));
  const isKept = [...next.keys()].every((sessionId) => ids.has(sessionId));
  return isKept ? next : new Map([...next].filter(([sessionId]) => ids.has(sessionId)));
}

/** The same once somebody has looked. */
export function unreadWhenSeen(unread: Unread, { sessionId, hasTexts }: Seen): Unread {
  const old = unread.get(sessionId);
  if (!old) return unread;
  const next = new Map(unread);
  if (hasTexts || old.texts === 0) next.delete(sessionId);
  else next.set(sessionId, { ...old, shares: 0 });
  return next;
}

/** Everything that is unread in a session. */
export function unreadCount(unread: Unread, sessionId: string): number {
  const { texts, shares } = unread.get(sessionId) ?? NOTHING;
  return texts + shares;
}

/**
 * Tells a text that came since then. A session that has just begun has those of the sessions before it with the same device, too.
 * @param old the session as it was, if it was there
 */
export function newTextOf(
  old: SessionView | undefined,
  { startedMs }: SessionView,
): (text: SessionView['texts'][number]) => boolean {
  const known = new Set(old?.texts.map(({ textId }) => textId));
  return ({ direction, textId, atMs }) =>
    direction === 'in' && (old ? !known.has(textId) : atMs >= startedMs);
}

/** What is new in a session; a screen is in sight where the session is. */
function newsOf(old: SessionView | undefined, session: SessionView, isOpen: boolean): Unseen {
  const isNew = newTextOf(old, session);
  return {
    texts: old?.texts === session.texts ? 0 : session.texts.filter(isNew).length,
    shares: session.remoteShare !== null && !old?.remoteShare && !isOpen ? 1 : 0,
  };
}
