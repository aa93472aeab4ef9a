import type { CoreSnapshot, SessionView } from '../core/types';
import type { Sending } from './sendings';
import type { View } from './view';

/** The part of what the page remembers that codes have to do with. */
interface Views {
  view: View;
  /** Where the person was before a code came up by itself. */
  viewBefore: View;
  sendings: readonly Sending[];
}

/**
 * The view after a change of sessions: a code that has to be compared for something that was sent comes up by itself, and when
 * that is done the person is back where they were. Somebody who sent and is in another session by now is left there.
 */
export function viewAfterCodes(
  ui: Views,
  before: CoreSnapshot,
  after: CoreSnapshot,
): Pick<Views, 'view' | 'viewBefore'> {
  const { view, viewBefore } = ui;
  const isNew = ({ sessionId }: SessionView): boolean =>
    before.sessions.find((each) => each.sessionId === sessionId)?.state.phase !== 'verifying';
  const due = after.sessions.find(
    (session) => mustCompare(session) && isNew(session) && isForSending(session, ui),
  );
  if (due && (view.kind === 'home' || due.direction === 'incoming'))
    return { view: { kind: 'session', sessionId: due.sessionId }, viewBefore: view };
  const shown =
    view.kind === 'session' && after.sessions.find(({ sessionId }) => sessionId === view.sessionId);
  if (shown && !hasOwnView(shown)) return { view: stillThere(viewBefore, after), viewBefore: HOME };
  return { view, viewBefore };
}

/** Whether a session can be looked at: one for files alone has nothing to show but its code, and why that ended it. */
export function hasOwnView({ scope, state }: Pick<SessionView, 'scope' | 'state'>): boolean {
  return scope === 'all' || state.phase === 'verifying' || state.phase === 'ended';
}

const HOME: View = { kind: 'home' };

function mustCompare({ state, security }: SessionView): boolean {
  return state.phase === 'verifying' && security?.isVerified === false;
}

function isForSending({ sessionId, scope }: SessionView, { sendings }: Views): boolean {
  return scope === 'files' || sendings.some((sending) => sending.sessionId === sessionId);
}

function stillThere(view: View, { sessions }: CoreSnapshot): View {
  const isThere = view.kind === 'session' && sessions.some(({ sessionId }) => sessionId === view.sessionId);
  return isThere ? view : HOME;
}
