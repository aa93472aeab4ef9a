import { describe, expect, it } from 'vitest';
import {
  hasDrawer,
  hasDropTarget,
  initialUiState,
  isDropBarred,
  promptId,
  sessionOf,
  sessionForDrop,
  uiAfterSnapshot,
  waitingPrompts,
} from '../../../../src/renderer/state/uiState';
import { ALL_RIGHTS } from '../../../../src/shared/protocol/rights';
import { snapshotOf } from '../../../support/snapshotOf';
import { appState, id, session, someDevices, transfer } from '../../../support/harness/samples';

const empty = snapshotOf(appState());

describe('uiAfterSnapshot', () => {
  it('goes home when the session in view was dismissed', () => {
    const ui = { ...initialUiState, view: { kind: 'session', sessionId: id(101) } } as const;
    expect(uiAfterSnapshot(ui, empty, empty, true).view).toEqual({ kind: 'home' });
    const held = snapshotOf(appState(), [session(1, 'A')]);
    expect(uiAfterSnapshot(ui, empty, held, true)).toBe(ui);
  });

  it('goes to the next session with the same device when that took its place', () => {
    const ui = { ...initialUiState, view: { kind: 'session', sessionId: id(101) } } as const;
    const ended = { phase: 'ended', reason: 'lost', by: 'none' } as const;
    const before = snapshotOf(appState(), [session(1, 'A', { state: ended })]);
    const next = { ...session(1, 'A'), sessionId: id(999) };
    const view = (...sessions: (typeof next)[]) =>
      uiAfterSnapshot(ui, before, snapshotOf(appState(), sessions), true).view;
    expect(view(next)).toEqual({ kind: 'session', sessionId: id(999) });
    expect(view(session(2, 'B'))).toEqual({ kind: 'home' });
  });

  it('knows whether transfers stand in a drawer: a session that is over has none', () => {
    const ui = { ...initialUiState, view: { kind: 'session', sessionId: id(101) } } as const;
    const ended = { phase: 'ended', reason: 'lost', by: 'none' } as const;
    expect(hasDrawer(snapshotOf(appState(), [session(1, 'A')]), ui)).toBe(true);
    expect(hasDrawer(snapshotOf(appState(), [session(1, 'A', { state: ended })]), ui)).toBe(false);
    expect(hasDrawer(empty, initialUiState)).toBe(false);
  });

  it('closes the source picker when its session ends', () => {
    const ui = { ...initialUiState, dialog: { kind: 'sources', sessionId: id(101) } } as const;
    const up = snapshotOf(appState(), [session(1, 'A')]);
    const over = snapshotOf(appState(), [
      session(1, 'A', { state: { phase: 'ended', reason: 'left', by: 'peer' } }),
    ]);
    expect(uiAfterSnapshot(ui, up, up, true).dialog.kind).toBe('sources');
    expect(uiAfterSnapshot(ui, up, over, true).dialog.kind).toBe('none');
  });

  it('closes the picker of another source when nothing is shared any more', () => {
    const ui = { ...initialUiState, dialog: { kind: 'sources', sessionId: null } } as const;
    const localShare = { stream: {} as MediaStream, label: '', mute: 'none' as const };
    const sharing = snapshotOf(appState(), [session(1, 'A', { localShare })]);
    expect(uiAfterSnapshot(ui, sharing, sharing, true).dialog.kind).toBe('sources');
    expect(uiAfterSnapshot(ui, sharing, { ...sharing, captures: [] }, true).dialog.kind).toBe('none');
  });
});

describe('a question to see the screen', () => {
  const waits = snapshotOf(appState(), [session(1, 'A', { isViewRequested: true })]);
  const answered = snapshotOf(appState(), [session(1, 'A')]);

  it('that was put off stays put off until it is over; the next one is asked again', () => {
    const [prompt] = waitingPrompts(waits);
    if (!prompt) throw new Error('nobody asks');
    const ui = { ...initialUiState, later: new Set([promptId(prompt), id(101)]) };
    expect(uiAfterSnapshot(ui, waits, waits, true)).toBe(ui);
    expect([...uiAfterSnapshot(ui, waits, answered, true).later]).toEqual([id(101)]);
  });
});

describe('waitingPrompts', () => {
  it('lists requests and offers in the order they came', () => {
    const asked = session(3, 'C', { state: { phase: 'asked' }, startedMs: 30 });
    const older = session(2, 'B', { state: { phase: 'asked' }, startedMs: 10 });
    const offer = transfer(1, { phase: 'incoming', startedMs: 20 });
    const prompts = waitingPrompts(
      snapshotOf(appState({ transfers: [offer] }), [asked, older, session(1, 'A')]),
    );
    expect(prompts.map((prompt) => ('session' in prompt ? prompt.session.title : prompt.kind))).toEqual([
      'B',
      'offer',
      'C',
    ]);
  });
});

describe('a link that was opened', () => {
  const content = { kind: 'problem', code: 'bad-invite' } as const;
  const openedLink = { linkId: 'link-1', openedMs: 15, content };
  const snapshot = snapshotOf(appState({ openedLink }), [
    session(3, 'C', { state: { phase: 'asked' }, startedMs: 30 }),
    session(2, 'B', { state: { phase: 'asked' }, startedMs: 10 }),
  ]);

  it('asks in its turn, and belongs to no session', () => {
    const prompts = waitingPrompts(snapshot);
    expect(prompts.map((prompt) => prompt.kind)).toEqual(['request', 'link', 'request']);
    expect(prompts.map(promptId)).toEqual([id(102), 'link-1', id(103)]);
    expect(sessionOf(prompts[1]!)).toBeNull();
  });

  it('waits for the end of the welcome', () => {
    const settings = snapshot.settings && { ...snapshot.settings, nearby: null };
    const kinds = waitingPrompts({ ...snapshot, settings }).map((prompt) => prompt.kind);
    expect(kinds).toEqual(['request', 'request']);
  });
});

describe('a drop beside everything', () => {
  const home = { kind: 'home' } as const;
  const over = session(3, 'C', { state: { phase: 'ended', reason: 'left', by: 'peer' } });
  const asking = session(4, 'D', { state: { phase: 'asking' } });

  it('is for the session in view, else for the only one that is up', () => {
    const [a, b] = [session(1, 'A'), session(2, 'B', { state: { phase: 'reconnecting' } })];
    expect(sessionForDrop([over, a, asking], home)).toBe(a);
    expect(sessionForDrop([a, b], home)).toBeNull();
    expect(sessionForDrop([a, b], { kind: 'session', sessionId: b.sessionId })).toBe(b);
    expect(sessionForDrop([over, b], { kind: 'session', sessionId: over.sessionId })).toBe(b);
    expect(sessionForDrop([over, asking], home)).toBeNull();
  });

  it('is for nobody where the session in view may not send files, whoever else is there', () => {
    const [a, guest] = [session(1, 'A'), session(2, 'B', { ownRights: { ...ALL_RIGHTS, sendFiles: false } })];
    const view = { kind: 'session', sessionId: guest.sessionId } as const;
    expect(sessionForDrop([a, guest], view)).toBeNull();
    expect(isDropBarred([a, guest], view)).toBe(true);
    expect(isDropBarred([a, guest], home)).toBe(false);
    expect(isDropBarred([a, guest], { kind: 'session', sessionId: a.sessionId })).toBe(false);
    expect(sessionForDrop([a, guest], home)).toBe(a);
  });

  it('has somewhere to go where a session is up or a device can be dropped on', () => {
    const { nearby } = empty;
    expect(hasDropTarget({ sessions: [over], nearby })).toBe(false);
    expect(hasDropTarget({ sessions: [session(1, 'A')], nearby: null })).toBe(true);
    const [device] = someDevices;
    const devices = (isCompatible: boolean) => [{ ...device!, isCompatible }];
    expect(hasDropTarget({ sessions: [], nearby: { ...nearby!, devices: devices(true) } })).toBe(true);
    expect(hasDropTarget({ sessions: [], nearby: { ...nearby!, devices: devices(false) } })).toBe(false);
  });
});
