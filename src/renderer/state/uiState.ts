import type { OpenedLink } from '../../shared/contract/app';
import type { Invite, InviteEnd } from '../../shared/contract/invites';
import type { TheirRecording } from '../../shared/contract/recordings';
import type { TransferView } from '../../shared/contract/transfers';
import type { ConnectTarget, CoreSnapshot, SessionView } from '../core/types';
import { viewAfterCodes } from './codeView';
import { type Joining, NOT_JOINING } from './joining';
import type { Sending } from './sendings';
import { type Seen, type Unread, unreadAfter, unreadWhenSeen } from './news/unread';
import type { View } from './view';
import type { Volume } from './sound/volume';
import { FIRST_PLACE, type Place } from './voice/place';

/** The dialog in front of it, of those that a person opens. */
export type Dialog =
  | { kind: 'none' }
  | { kind: 'settings'; tab?: SettingsTab }
  /** Which microphone, camera and speaker, to try before they are used. */
  | { kind: 'voice' }
  /** Why devices don't meet; `about` one of them that somebody could not reach, and how the way of a session does. */
  | { kind: 'doctor'; about?: { deviceId: string | null; name: string }; sessionId?: string }
  /** What to share in a session, or, without one, what to show in place of what is shared. */
  | { kind: 'sources'; sessionId: string | null; isForRegion?: boolean }
  /** Which part of what is captured to show, in a session that is to get it or in those that have it. */
  | { kind: 'region'; sessionId: string | null }
  /** How the screen is sent that is shared in a session. */
  | { kind: 'quality'; sessionId: string }
  /** How the screens of a session do. */
  | { kind: 'stats'; sessionId: string }
  /** Whether to trust the device of a session. */
  | { kind: 'trust'; sessionId: string }
  /** To invite somebody; with an invite what there is to pass on, and with its end how that went. */
  | { kind: 'invite'; invite: Invite | null; end: InviteEnd | null };

type Chooser = Extract<Dialog, { kind: 'sources' | 'region' }>;

/** The parts of a session's drawer. */
export type DrawerTab = 'chat' | 'files' | 'people';

export type SettingsTab = 'general' | 'transfers' | 'trust' | 'beyond';

/** A question from outside that waits for this person: from another device, or what a link leads to that was opened. */
export type Prompt =
  | { kind: 'request'; session: SessionView }
  | { kind: 'view'; session: SessionView }
  | { kind: 'recording'; recording: TheirRecording; session: SessionView }
  | { kind: 'offer'; transfer: TransferView }
  | { kind: 'link'; link: OpenedLink };

/** What the page remembers that is nobody's business but the page's. */
export interface UiState {
  view: View;
  /** Where the person was before a code came up by itself. */
  viewBefore: View;
  dialog: Dialog;
  /** The list of transfers beside Home. */
  transfersPanel: 'open' | 'closed';
  /** What stands beside the stage of a session. */
  drawer: DrawerTab | 'closed';
  /** What came in sessions and has not been looked at. */
  unread: Unread;
  /** What was put off, by the ids of its prompts; it waits in its list. */
  later: ReadonlySet<string>;
  /** What outgoing sessions were meant for, so that an ended one can be tried again. */
  purposes: ReadonlyMap<string, Purpose>;
  /** What was sent to devices from their cards, oldest first: all that is under way, and how the last ones to each ended. */
  sendings: readonly Sending[];
  /** The field that takes whatever leads to somebody. */
  joining: Joining;
  /** Where the cameras lie over a shared screen. */
  cameraPlace: Place;
  /** How loud the sounds of screens are played, by session, where that is not as they come. */
  volumes: ReadonlyMap<string, Volume>;
}

/** Whom a session is for. */
export interface Purpose {
  target: ConnectTarget;
  title: string;
}

export const initialUiState: UiState = {
  view: { kind: 'home' },
  viewBefore: { kind: 'home' },
  dialog: { kind: 'none' },
  transfersPanel: 'closed',
  drawer: 'chat',
  unread: new Map(),
  later: new Set(),
  purposes: new Map(),
  sendings: [],
  joining: NOT_JOINING,
  cameraPlace: FIRST_PLACE,
  volumes: new Map(),
};

/** What a new snapshot changes by itself: views of sessions that are gone close, and what nobody looks at becomes unread. */
export function uiAfterSnapshot(
  ui: UiState,
  before: CoreSnapshot,
  after: CoreSnapshot,
  isVisible: boolean,
): UiState {
  let next = ui;
  const has = (sessionId: string) => after.sessions.some((session) => session.sessionId === sessionId);
  if (ui.view.kind === 'session' && !has(ui.view.sessionId))
    next = { ...next, view: viewAfterEnd(ui.view.sessionId, before, after) };
  if (!isDialogPossible(ui.dialog, after)) next = { ...next, dialog: { kind: 'none' } };
  const dialog = inviteDialogAfter(next.dialog, before, after);
  if (dialog !== next.dialog) next = { ...next, dialog };
  const { view, viewBefore } = viewAfterCodes(next, before, after);
  if (view !== next.view) next = { ...next, view, viewBefore };
  const unread = unreadAfter(next.unread, before, after, seenIn(next, isVisible));
  const later = laterAfter(next.later, after);
  return later === next.later && unread === next.unread ? next : { ...next, later, unread };
}

/** The dialog of an invite as that has become; one that is gone without a word has nothing to show. */
function inviteDialogAfter(dialog: Dialog, before: CoreSnapshot, after: CoreSnapshot): Dialog {
  if (dialog.kind !== 'invite' || dialog.invite === null || dialog.end !== null) return dialog;
  const { inviteId } = dialog.invite;
  const invite = after.invites.find((each) => each.inviteId === inviteId);
  if (invite) return invite === dialog.invite ? dialog : { ...dialog, invite };
  return before.invites.some((each) => each.inviteId === inviteId) ? { kind: 'none' } : dialog;
}

/** An invite has ended: what shows it says how. */
export function uiAfterInviteEnd({ dialog }: UiState, invite: Invite, end: InviteEnd): Partial<UiState> {
  const isShown = dialog.kind === 'invite' && dialog.invite?.inviteId === invite.inviteId;
  return isShown ? { dialog: { ...dialog, invite, end } } : {};
}

/** Where a session that is gone was looked at: the next one with the same device, if it is there already, else Home. */
function viewAfterEnd(sessionId: string, before: CoreSnapshot, after: CoreSnapshot): View {
  const deviceId = before.sessions.find((each) => each.sessionId === sessionId)?.peer?.deviceId;
  const next = after.sessions.find((each) => each.peer?.deviceId === deviceId && isUp(each));
  return deviceId === undefined || !next ? { kind: 'home' } : { kind: 'session', sessionId: next.sessionId };
}

/** Whether transfers stand in the drawer of the open session, which one that is not up has not got. */
export function hasDrawer({ sessions }: Pick<CoreSnapshot, 'sessions'>, { view }: UiState): boolean {
  if (view.kind !== 'session') return false;
  return sessions.some((session) => session.sessionId === view.sessionId && isUp(session));
}

/** The same once the person looks at what is open: nothing of it is unread any more. */
export function uiWhenSeen(ui: UiState, isVisible: boolean): UiState {
  const seen = seenIn(ui, isVisible);
  const unread = seen === null ? ui.unread : unreadWhenSeen(ui.unread, seen);
  return unread === ui.unread ? ui : { ...ui, unread };
}

/** What is in sight: a session, and whether its texts are. */
function seenIn({ view, drawer }: UiState, isVisible: boolean): Seen | null {
  if (!isVisible || view.kind !== 'session') return null;
  return { sessionId: view.sessionId, hasTexts: drawer === 'chat' };
}

/** A session may ask for a screen again and again: once a question is over, the next one is a new one. */
function laterAfter(later: UiState['later'], after: CoreSnapshot): UiState['later'] {
  const isOver = (id: string) =>
    after.sessions.some((session) => viewPromptId(session) === id && !session.isViewRequested);
  return [...later].some(isOver) ? new Set([...later].filter((id) => !isOver(id))) : later;
}

/** Whether there still is what a dialog is about. */
function isDialogPossible(dialog: Dialog, after: CoreSnapshot): boolean {
  if (dialog.kind === 'sources' || dialog.kind === 'region') return canChoose(after, dialog);
  if (dialog.kind === 'trust')
    return after.sessions.some((each) => each.sessionId === dialog.sessionId && mayBeTrusted(each));
  return (dialog.kind !== 'quality' && dialog.kind !== 'stats') || isConnected(after, dialog.sessionId);
}

/** Whether a source still can be chosen for this: a session that is there, or a screen that is shared. */
function canChoose(core: CoreSnapshot, { kind, sessionId }: Chooser): boolean {
  const isThere = sessionId === null || isConnected(core, sessionId);
  const isCaptured = core.captures.some(({ source }) => source === 'screen');
  return isThere && (isCaptured || (kind === 'sources' && sessionId !== null));
}

function isConnected(snapshot: CoreSnapshot, sessionId: string): boolean {
  return snapshot.sessions.some((session) => session.sessionId === sessionId && isUp(session));
}

/** Whether the other side came by an invite of this person's: the backend lets it in, and nobody is asked. */
export function isGuest({ direction, security, state }: SessionView): boolean {
  return direction === 'incoming' && (security?.proof ?? 'code') !== 'code' && state.phase !== 'ended';
}

/** The parts of a snapshot in which something may wait for an answer. */
export type Asking = Pick<CoreSnapshot, 'sessions' | 'transfers' | 'recordings' | 'openedLink' | 'settings'>;

/** Everything that waits for an answer, oldest first, whether or not it was put off. */
export function waitingPrompts(snapshot: Asking): Prompt[] {
  const requests = snapshot.sessions
    .filter((session) => session.state.phase === 'asked' && !isGuest(session))
    .map((session): Prompt => ({ kind: 'request', session }));
  const views = snapshot.sessions
    .filter((session) => session.isViewRequested)
    .map((session): Prompt => ({ kind: 'view', session }));
  const offers = snapshot.transfers
    .filter((transfer) => transfer.phase === 'incoming')
    .map((transfer): Prompt => ({ kind: 'offer', transfer }));
  const prompts = [...requests, ...views, ...recordingPrompts(snapshot), ...offers, ...linkPrompts(snapshot)];
  return prompts.sort((a, b) => startOf(a) - startOf(b));
}

function recordingPrompts({ recordings, sessions }: Asking): Prompt[] {
  return recordings.theirs.flatMap((recording): Prompt[] => {
    const session = sessions.find(({ sessionId }) => sessionId === recording.sessionId);
    return session && recording.phase === 'asked' ? [{ kind: 'recording', recording, session }] : [];
  });
}

/** Before the welcome is over nobody has said which name others are to see. */
function linkPrompts({ openedLink, settings }: Asking): Prompt[] {
  return openedLink === null || settings?.nearby === null ? [] : [{ kind: 'link', link: openedLink }];
}

/** The id under which a prompt is put off. */
export function promptId(prompt: Prompt): string {
  switch (prompt.kind) {
    case 'offer':
      return prompt.transfer.transferId;
    case 'link':
      return prompt.link.linkId;
    case 'recording':
      return prompt.recording.recordingId;
    case 'view':
      return viewPromptId(prompt.session);
    case 'request':
      return prompt.session.sessionId;
  }
}

/** The session that a prompt belongs to; `null` where it leads to one that there is not yet. */
export function sessionOf(prompt: Prompt): string | null {
  if (prompt.kind === 'link') return null;
  return prompt.kind === 'offer' ? prompt.transfer.sessionId : prompt.session.sessionId;
}

function viewPromptId({ sessionId }: SessionView): string {
  return `view:${sessionId}`;
}

function startOf(prompt: Prompt): number {
  if (prompt.kind === 'link') return prompt.link.openedMs;
  if (prompt.kind === 'recording') return prompt.recording.askedMs;
  return prompt.kind === 'offer' ? prompt.transfer.startedMs : prompt.session.startedMs;
}

/** Whether the session that a person looks at is by an invite that does not include sending files. */
export function isDropBarred(sessions: readonly SessionView[], view: View): boolean {
  return sessions.some(
    (session) =>
      view.kind === 'session' &&
      session.sessionId === view.sessionId &&
      isUp(session) &&
      !session.ownRights.sendFiles,
  );
}

/** The session that files are for which are dropped beside everything: the open one, else the only one there is. */
export function sessionForDrop(sessions: readonly SessionView[], view: View): SessionView | null {
  // What is dropped on one person is for no other.
  if (isDropBarred(sessions, view)) return null;
  const up = sessions.filter(
    (session) => isUp(session) && session.scope === 'all' && session.ownRights.sendFiles,
  );
  const open = up.find(({ sessionId }) => view.kind === 'session' && view.sessionId === sessionId);
  return open ?? (up.length === 1 ? (up[0] ?? null) : null);
}

/** Whether there is anybody that files could be dropped on: a device, or a session. */
export function hasDropTarget({ sessions, nearby }: Pick<CoreSnapshot, 'sessions' | 'nearby'>): boolean {
  return sessions.some(isUp) || (nearby?.devices.some(({ isCompatible }) => isCompatible) ?? false);
}

/** Whether the device of a session is one that may be trusted from now on: not yet, and not under the name of one that is. */
export function mayBeTrusted(session: SessionView): boolean {
  return isUp(session) && session.scope === 'all' && session.security?.trust.state === 'unknown';
}

/** Whether a session has ended. */
export function isOver({ state }: SessionView): boolean {
  return state.phase === 'ended';
}

/** Whether a session is up, or about to be again. */
export function isUp({ state }: SessionView): boolean {
  return state.phase === 'connected' || state.phase === 'reconnecting';
}
