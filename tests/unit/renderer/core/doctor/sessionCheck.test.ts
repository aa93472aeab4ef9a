import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionInfo } from '../../../../../src/shared/contract/sessions';
import { dialingSession, known, sessionOf } from '../../../../support/coreSession';
import { pairStats, statsReport } from '../../../../support/statsReport';

const both = { phase: 'connected', isVerified: true, isPeerVerified: true, role: 'dialer' } as const;
const beyond = (...urls: string[]): Partial<SessionInfo> => ({
  ...both,
  route: { kind: 'relay', address: null, iceServers: [{ urls }] },
});
const silent = statsReport(
  ...pairStats('a', { state: 'in-progress', requestsSent: 4, responsesReceived: 0 }),
);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Fails the newest link of a session's as a timeout does, and gives what is found then. */
async function findingsAfterFailure({ session, links }: ReturnType<typeof sessionOf>) {
  const link = links.at(-1)!;
  link.evidence.noteSignal({ type: 'offer', sdp: 'candidate:' });
  link.evidence.note(silent);
  link.evidence.end();
  vi.advanceTimersByTime(8_000);
  expect(links.at(-1)).not.toBe(link);
  return codesOf(session);
}

async function codesOf(session: ReturnType<typeof sessionOf>['session']): Promise<string[]> {
  return (await session.link.examine()).findings.map(({ code }) => code);
}

describe('the check of a session', () => {
  it('costs nothing until somebody asks', async () => {
    const { session, links } = sessionOf(both);
    links[0]!.events.emit('connected', undefined);
    vi.advanceTimersByTime(600_000);
    expect(links[0]!.looks).toBe(0);
    expect(await session.link.examine()).toMatchObject({ isUp: true, findings: [] });
    expect(links[0]!.looks).toBe(1);
  });

  it('tells what the last link tried while the next one is made, by the session’s route', async () => {
    expect(await findingsAfterFailure(sessionOf(both))).toEqual(['unanswered-lan']);
    const stunOnly = sessionOf(beyond('stun:relay.example'));
    expect(await findingsAfterFailure(stunOnly)).toEqual(['unanswered-internet', 'no-turn']);
    const byApp = sessionOf(beyond('stun:192.168.0.7:47180', 'stun:[fd83::7]:47180'));
    expect(await findingsAfterFailure(byApp)).toEqual(['unanswered-lan']);
    const withTurn = sessionOf(beyond('stun:relay.example', 'turn:relay.example'));
    expect(await findingsAfterFailure(withTurn)).toEqual(['unanswered-internet', 'turn-silent']);
  });

  it('keeps that when the session is over, and waits for nothing then', async () => {
    const page = sessionOf(both);
    await findingsAfterFailure(page);
    page.session.handleEnd('lost', 'none');
    expect(await codesOf(page.session)).toEqual(['unanswered-lan']);
    const fresh = sessionOf(both);
    expect(await codesOf(fresh.session)).toEqual(['building']);
    fresh.session.handleEnd('left', 'me');
    expect(await codesOf(fresh.session)).toEqual([]);
  });

  it('says where no link can come about at all', async () => {
    const { preferences, session } = dialingSession();
    preferences.hideAddress = true;
    session.update(known(beyond('stun:relay.example')));
    expect(await codesOf(session)).toEqual(['address-hidden']);
    expect(await codesOf(sessionOf({ ...both, hasPeerPage: false }).session)).toEqual(['no-page']);
  });
});
