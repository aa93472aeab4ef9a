import type { TransferView } from '../../shared/contract/transfers';
import type { ConnectTarget, CoreSnapshot, LocalItem, SessionView } from '../core/types';

/** What fills the window. */
export type View = { kind: 'home' } | { kind: 'session'; sessionId: string };

/** The dialog in front of it, of those that a person opens. */
export type Dialog =
  | { kind: 'none' }
  | { kind: 'settings'; tab?: SettingsTab }
  /** What to share in a session, or, without one, what to show in place of what is shared. */
  | { kind: 'sources'; sessionId: string | null };

export type SettingsTab = 'general' | 'transfers' | 'trust';

/** A question from another device that waits for this person. */
export type Prompt =
  | { kind: 'request'; session: SessionView }
  | { kind: 'view'; session: SessionView }
  | { kind: 'offer'; transfer: TransferView };

/** What the page remembers that is nobody's business but the page's. */
export interface UiState {
  view: View;
  dialog: Dialog;
  transfersPanel: 'open' | 'closed';
  /** Sessions and transfers whose prompt was put off; they wait in their lists. */
  later: ReadonlySet<string>;
  /** What outgoing sessions were meant for, so that an ended one can be tried again. */
  purposes: ReadonlyMap<string, Purpose>;
}

/** Whom a session is for, and what to offer there once it is connected. */
export interface Purpose {
  target: ConnectTarget;
  title: string;
  items: readonly LocalItem[];
}

export const initialUiState: UiState = {
  view: { kind: 'home' },
  dialog: { kind: 'none' },
  transfersPanel: 'closed',
  later: new Set(),
  purposes: new Map(),
};

/** What a new snapshot changes by itself: views of sessions that are gone close, a new offer opens the transfers. */
export function uiAfterSnapshot(ui: UiState, before: CoreSnapshot, after: CoreSnapshot): UiState {
  let next = ui;
  const has = (sessionId: string) => after.sessions.some((session) => session.sessionId === sessionId);
  if (ui.view.kind === 'session' && !has(ui.view.sessionId)) next = { ...next, view: { kind: 'home' } };
  if (ui.dialog.kind === 'sources' && !canChoose(after, ui.dialog.sessionId)) {
    next = { ...next, dialog: { kind: 'none' } };
  }
  for (const session of after.sessions) {
    const purpose = next.purposes.get(session.sessionId);
    // Offered by now: trying again must not offer it twice.
    if (session.state.phase !== 'connected' || !purpose || purpose.items.length === 0) continue;
    next = { ...next, purposes: new Map(next.purposes).set(session.sessionId, { ...purpose, items: [] }) };
  }
  if (ui.transfersPanel === 'closed' && hasNewOffer(before, after))
    next = { ...next, transfersPanel: 'open' };
  const later = laterAfter(next.later, after);
  return later === next.later ? next : { ...next, later };
}

/** A session may ask for a screen again and again: once a question is over, the next one is a new one. */
function laterAfter(later: UiState['later'], after: CoreSnapshot): UiState['later'] {
  const isOver = (id: string) =>
    after.sessions.some((session) => viewPromptId(session) === id && !session.isViewRequested);
  return [...later].some(isOver) ? new Set([...later].filter((id) => !isOver(id))) : later;
}

/** Whether a source still can be chosen for this: a session that is there, or a screen that is shared. */
function canChoose(core: CoreSnapshot, sessionId: string | null): boolean {
  if (sessionId !== null) return isConnected(core, sessionId);
  return core.captures.some(({ source }) => source === 'screen');
}

function isConnected(snapshot: CoreSnapshot, sessionId: string): boolean {
  return snapshot.sessions.some((session) => session.sessionId === sessionId && isUp(session));
}

function hasNewOffer(before: CoreSnapshot, after: CoreSnapshot): boolean {
  const known = new Set(before.transfers.map((transfer) => transfer.transferId));
  return after.transfers.some((transfer) => transfer.phase === 'incoming' && !known.has(transfer.transferId));
}

/** Everything that waits for an answer, oldest first, whether or not it was put off. */
export function waitingPrompts(snapshot: Pick<CoreSnapshot, 'sessions' | 'transfers'>): Prompt[] {
  const requests = snapshot.sessions
    .filter((session) => session.state.phase === 'asked')
    .map((session): Prompt => ({ kind: 'request', session }));
  const views = snapshot.sessions
    .filter((session) => session.isViewRequested)
    .map((session): Prompt => ({ kind: 'view', session }));
  const offers = snapshot.transfers
    .filter((transfer) => transfer.phase === 'incoming')
    .map((transfer): Prompt => ({ kind: 'offer', transfer }));
  return [...requests, ...views, ...offers].sort((a, b) => startOf(a) - startOf(b));
}

/** The id under which a prompt is put off. */
export function promptId(prompt: Prompt): string {
  if (prompt.kind === 'offer') return prompt.transfer.transferId;
  return prompt.kind === 'view' ? viewPromptId(prompt.session) : prompt.session.sessionId;
}

function viewPromptId({ sessionId }: SessionView): string {
  return `view:${sessionId}`;
}

function startOf(prompt: Prompt): number {
  return prompt.kind === 'offer' ? prompt.transfer.startedMs : prompt.session.startedMs;
}

/** The session with a device that has not ended, if there is one. */
export function liveSessionWith(sessions: readonly SessionView[], deviceId: string): SessionView | undefined {
  return sessions.find((session) => session.peer?.deviceId === deviceId && session.state.phase !== 'ended');
}

/** The session that files are for which are dropped beside everything: the open one, else the only one there is. */
export function sessionForDrop(sessions: readonly SessionView[], view: View): SessionView | null {
  const up = sessions.filter(isUp);
  const open = up.find(({ sessionId }) => view.kind === 'session' && view.sessionId === sessionId);
  return open ?? (up.length === 1 ? (up[0] ?? null) : null);
}

/** Whether there is anybody that files could be dropped on: a device, or a session. */
export function hasDropTarget({ sessions, nearby }: Pick<CoreSnapshot, 'sessions' | 'nearby'>): boolean {
  return sessions.some(isUp) || (nearby?.devices.some(({ isCompatible }) => isCompatible) ?? false);
}

function isUp({ state }: SessionView): boolean {
  return state.phase === 'connected' || state.phase === 'reconnecting';
}
