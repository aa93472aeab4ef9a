import { describe, expect, it } from 'vitest';
import { arrivalsBetween, sharesOf } from '../../../../src/renderer/state/news/notifications';
import type { SessionView } from '../../../../src/renderer/core/types';
import { waitingPrompts } from '../../../../src/renderer/state/uiState';
import { snapshotOf } from '../../../support/snapshotOf';
import { appState, session, transfer } from '../../../support/harness/samples';

const withSessions = (...sessions: SessionView[]) => snapshotOf(appState(), sessions);
const nobody = withSessions();
const kinds = (...snapshots: Parameters<typeof arrivalsBetween>) =>
  arrivalsBetween(...snapshots).map(({ kind }) => kind);

describe('arrivalsBetween', () => {
  const asked = session(1, 'A', { state: { phase: 'asked' }, direction: 'incoming' });
  const connected = session(1, 'A');
  const views = session(1, 'A', { isViewRequested: true });

  it('tells once of a device that asks to connect', () => {
    expect(kinds(nobody, withSessions(asked))).toEqual(['request']);
    expect(kinds(withSessions(asked), withSessions({ ...asked }, session(2, 'B')))).toEqual([]);
    expect(kinds(withSessions(asked), withSessions(connected))).toEqual([]);
  });

  it('tells once of somebody who came by an invite, and not of whom this person came to', () => {
    const { security } = connected;
    const guest = session(1, 'A', {
      direction: 'incoming',
      security: security && { ...security, proof: 'invite' },
    });
    expect(kinds(nobody, withSessions(guest))).toEqual(['guest']);
    expect(kinds(withSessions(guest), withSessions({ ...guest }))).toEqual([]);
    expect(kinds(nobody, withSessions({ ...guest, direction: 'outgoing' }))).toEqual([]);
    expect(kinds(nobody, withSessions({ ...guest, security }))).toEqual([]);
    // It is accepted a moment after it has come, which may be told of in two steps.
    const coming: SessionView = { ...guest, state: { phase: 'asked' } };
    expect(kinds(nobody, withSessions(coming))).toEqual([]);
    expect(waitingPrompts(withSessions(coming))).toEqual([]);
    expect(kinds(withSessions(coming), withSessions(guest))).toEqual(['guest']);
  });

  it('tells of each question to see the screen', () => {
    expect(kinds(withSessions(connected), withSessions(views))).toEqual(['view']);
    expect(kinds(withSessions(views), withSessions({ ...views }))).toEqual([]);
    expect(kinds(withSessions(views), withSessions(connected))).toEqual([]);
  });

  it('tells that the own screen can be seen, when that begins and when the window is put out of sight', () => {
    const shares = session(1, 'A', {
      localShare: { stream: {} as MediaStream, label: '', mute: 'none' as const },
    });
    expect(kinds(withSessions(connected), withSessions(shares))).toEqual(['sharing']);
    expect(kinds(withSessions(shares), withSessions({ ...shares }))).toEqual([]);
    expect(kinds(withSessions(shares), withSessions(connected))).toEqual([]);
    expect(sharesOf(withSessions(connected, shares))).toEqual([{ kind: 'sharing', session: shares }]);
  });

  it('tells of a screen that the other side begins to show', () => {
    const remoteShare = { stream: {} as MediaStream, label: '', mute: 'none' as const };
    const shown = session(1, 'A', { remoteShare });
    expect(kinds(withSessions(connected), withSessions(shown))).toEqual(['shown']);
    expect(kinds(withSessions(shown), withSessions({ ...shown }))).toEqual([]);
  });

  it('tells of offers and of what has been received, and of nothing that this side sends', () => {
    const offered = snapshotOf(appState({ transfers: [transfer(1, { phase: 'incoming' })] }));
    const done = snapshotOf(appState({ transfers: [transfer(1, { phase: 'done' })] }));
    const sent = snapshotOf(appState({ transfers: [transfer(1, { phase: 'done', direction: 'send' })] }));
    expect(kinds(nobody, offered)).toEqual(['offer']);
    expect(kinds(offered, done)).toEqual(['received']);
    expect(kinds(nobody, sent)).toEqual([]);
  });

  it('takes what a page finds when it opens for known', () => {
    expect(kinds({ ...nobody, app: null }, withSessions(asked, views))).toEqual([]);
  });
});
