import { describe, expect, it } from 'vitest';
import type { SessionView } from '../../../../src/renderer/core/types';
import { arrivalsBetween } from '../../../../src/renderer/state/news/notifications';
import { unreadAfter, unreadWhenSeen } from '../../../../src/renderer/state/news/unread';
import { snapshotOf } from '../../../support/snapshotOf';
import { appState, id, session } from '../../../support/harness/samples';

const text = (n: number, direction: 'in' | 'out' = 'in') => ({
  textId: id(n),
  direction,
  text: 'hello',
  state: direction === 'in' ? ('received' as const) : ('delivered' as const),
  atMs: n,
});
const share = { stream: {} as MediaStream, label: '', mute: 'none' as const };
const withSession = (change: Partial<SessionView> = {}) => snapshotOf(appState(), [session(1, 'A', change)]);
const A = id(101);
const none = new Map();

describe('unreadAfter', () => {
  it('counts the texts that come and the screens that begin while nobody looks', () => {
    const before = withSession({ texts: [text(1)] });
    const after = withSession({ texts: [text(1), text(2), text(3), text(4, 'out')], remoteShare: share });
    expect(unreadAfter(none, before, after, null).get(A)).toEqual({ texts: 2, shares: 1 });
    const more = withSession({ texts: [text(1), text(2), text(3), text(5)], remoteShare: share });
    expect(unreadAfter(new Map([[A, { texts: 2, shares: 1 }]]), after, more, null).get(A)).toEqual({
      texts: 3,
      shares: 1,
    });
  });

  it('counts nothing of what is in sight: a closed chat hides texts, and no screen', () => {
    const before = withSession();
    const after = withSession({ texts: [text(1)], remoteShare: share });
    expect(unreadAfter(none, before, after, { sessionId: A, hasTexts: true }).size).toBe(0);
    expect(unreadAfter(none, before, after, { sessionId: A, hasTexts: false }).get(A)).toEqual({
      texts: 1,
      shares: 0,
    });
    expect(unreadAfter(none, before, after, { sessionId: id(9), hasTexts: true }).get(A)?.texts).toBe(1);
  });

  it('takes what a new session has of those before it as read, and counts what comes with it', () => {
    const before = { ...withSession(), sessions: [] };
    const after = withSession({ startedMs: 5, texts: [text(1), text(4), text(6)] });
    expect(unreadAfter(none, before, after, null).get(A)).toEqual({ texts: 1, shares: 0 });
    const old = withSession({ startedMs: 5, texts: [text(1), text(4)] });
    expect(unreadAfter(none, before, old, null).size).toBe(0);
    expect(arrivalsBetween(before, old)).toEqual([]);
    expect(arrivalsBetween(before, after).map(({ kind }) => kind)).toEqual(['text']);
  });

  it('takes what a page finds when it starts as read', () => {
    const before = { ...withSession(), app: null, sessions: [] };
    expect(unreadAfter(none, before, withSession({ texts: [text(1)] }), null).size).toBe(0);
  });

  it('forgets sessions that are gone, and stays the same map where nothing is new', () => {
    const unread = new Map([[A, { texts: 1, shares: 0 }]]);
    const here = withSession();
    expect(unreadAfter(unread, here, { ...here, sessions: [] }, null).size).toBe(0);
    expect(unreadAfter(unread, here, { ...here, sessions: [...here.sessions] }, null)).toBe(unread);
  });
});

describe('unreadWhenSeen', () => {
  it('leaves the texts unread while the chat is closed', () => {
    const unread = new Map([[A, { texts: 2, shares: 1 }]]);
    expect(unreadWhenSeen(unread, { sessionId: A, hasTexts: false }).get(A)).toEqual({ texts: 2, shares: 0 });
    expect(unreadWhenSeen(unread, { sessionId: A, hasTexts: true }).size).toBe(0);
    expect(unreadWhenSeen(unread, { sessionId: id(9), hasTexts: true })).toBe(unread);
  });
});
