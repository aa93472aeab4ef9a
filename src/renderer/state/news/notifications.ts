import type { TransferView } from '../../../shared/contract/transfers';
import type { CoreSnapshot, SessionView } from '../../core/types';
import { isGuest } from '../uiState';
import { newTextOf } from './unread';

/**
 * Something that came from another device, and that this device's person may not be looking at: `shown` is a screen. Or, as
 * `sharing`, that their own screen can be seen from now on, which a standing permission may have started.
 */
export type Arrival =
  | { kind: 'request'; session: SessionView }
  /** Somebody came by an invite of this person's. */
  | { kind: 'guest'; session: SessionView }
  | { kind: 'view'; session: SessionView }
  | { kind: 'record'; session: SessionView }
  | { kind: 'sharing'; session: SessionView }
  | { kind: 'shown'; session: SessionView }
  | { kind: 'offer'; transfer: TransferView }
  | { kind: 'received'; transfer: TransferView }
  | { kind: 'text'; session: SessionView };

/** What came between two snapshots; one a session where several texts came at once. */
export function arrivalsBetween(before: CoreSnapshot, after: CoreSnapshot): Arrival[] {
  if (before.app === null) return [];
  return [
    ...questionArrivals(before, after),
    ...recordingArrivals(before, after),
    ...transferArrivals(before, after),
    ...textArrivals(before, after),
  ];
}

/** What a person has to know who puts the window out of sight: their screen can still be seen. */
export function sharesOf({ sessions }: Pick<CoreSnapshot, 'sessions'>): Arrival[] {
  return sessions.flatMap((session): Arrival[] => (session.localShare ? [{ kind: 'sharing', session }] : []));
}

function questionArrivals(before: CoreSnapshot, after: CoreSnapshot): Arrival[] {
  if (before.sessions === after.sessions) return [];
  const known = new Map(before.sessions.map((session) => [session.sessionId, session]));
  return after.sessions.flatMap((session): Arrival[] => {
    const old = known.get(session.sessionId);
    const isAsked = session.state.phase === 'asked';
    // A guest is accepted a moment after it has come.
    if (isGuest(session)) {
      if (!isAsked && (!old || old.state.phase === 'asked')) return [{ kind: 'guest', session }];
    } else if (isAsked && old?.state.phase !== 'asked') return [{ kind: 'request', session }];
    if (session.localShare !== null && !old?.localShare) return [{ kind: 'sharing', session }];
    if (session.remoteShare !== null && !old?.remoteShare) return [{ kind: 'shown', session }];
    return session.isViewRequested && old?.isViewRequested !== true ? [{ kind: 'view', session }] : [];
  });
}

function recordingArrivals(before: CoreSnapshot, after: CoreSnapshot): Arrival[] {
  if (before.recordings === after.recordings) return [];
  const known = new Set(before.recordings.theirs.map(({ recordingId }) => recordingId));
  return after.recordings.theirs.flatMap(({ recordingId, sessionId, phase }): Arrival[] => {
    const session = after.sessions.find((each) => each.sessionId === sessionId);
    return session && phase === 'asked' && !known.has(recordingId) ? [{ kind: 'record', session }] : [];
  });
}

function transferArrivals(before: CoreSnapshot, after: CoreSnapshot): Arrival[] {
  if (before.transfers === after.transfers) return [];
  const phases = new Map(before.transfers.map(({ transferId, phase }) => [transferId, phase]));
  return after.transfers.flatMap((transfer): Arrival[] => {
    const old = phases.get(transfer.transferId);
    if (transfer.direction !== 'receive' || old === transfer.phase) return [];
    if (transfer.phase === 'incoming') return [{ kind: 'offer', transfer }];
    // A small file may be there before this page has heard that it was on its way.
    return transfer.phase === 'done' ? [{ kind: 'received', transfer }] : [];
  });
}

function textArrivals(before: CoreSnapshot, after: CoreSnapshot): Arrival[] {
  if (before.sessions === after.sessions) return [];
  const known = new Map(before.sessions.map((session) => [session.sessionId, session]));
  return after.sessions.flatMap((session): Arrival[] => {
    const old = known.get(session.sessionId);
    if (old?.texts === session.texts) return [];
    return session.texts.some(newTextOf(old, session)) ? [{ kind: 'text', session }] : [];
  });
}
