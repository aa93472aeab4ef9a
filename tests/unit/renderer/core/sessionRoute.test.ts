import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionInfo } from '../../../../src/shared/contract/sessions';
import { type LinkMessage, LINKS_FEATURE } from '../../../../src/shared/protocol/links';
import { dialingSession, known, offerSdp, sessionOf } from '../../../support/coreSession';

const offer: LinkMessage = { type: 'signal', link: 500, signal: { type: 'offer', sdp: offerSdp } };
const both = { phase: 'connected', isVerified: true, isPeerVerified: true } as const;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the route of a session', () => {
  const relay = (address: string | null, credential: string): Partial<SessionInfo> => ({
    ...both,
    role: 'dialer',
    route: {
      kind: 'relay',
      address,
      iceServers: [{ urls: ['turn:relay.example:3478'], username: 'u', credential }],
    },
  });

  it('that is another one has the link look for its path anew, with the servers of that', () => {
    const { session, links } = sessionOf({ ...both, role: 'dialer' });
    links[0]!.events.emit('connected', undefined);
    session.update(known({ ...both, role: 'dialer' }));
    expect(links[0]!.restarts).toEqual([]);
    session.update(known(relay(null, 'first')));
    expect(links[0]!.restarts).toEqual([
      {
        remoteAddress: null,
        iceServers: [{ urls: ['turn:relay.example:3478'], username: 'u', credential: 'first' }],
        mustRelay: false,
      },
    ]);
    expect(links).toHaveLength(1);
  });

  it('with newer credentials leaves a link that works alone, and gives them to its next restart', () => {
    const { session, links } = sessionOf(relay(null, 'first'));
    links[0]!.events.emit('connected', undefined);
    session.update(known(relay(null, 'second')));
    expect(links[0]!.restarts).toEqual([]);
    links[0]!.events.emit('unstable', undefined);
    expect(links[0]!.restarts.map(({ iceServers }) => iceServers[0]?.credential)).toEqual(['second']);
  });
});

describe('a person who hides their address', () => {
  const stunOnly = { kind: 'relay', address: null, iceServers: [{ urls: ['stun:relay.example'] }] } as const;
  const withTurn = { kind: 'relay', address: null, iceServers: [{ urls: ['turn:relay.example'] }] } as const;
  const on = (route: object) => known({ ...both, role: 'dialer', route: structuredClone(route) as never });

  it('has no link where there is no TURN server, and is told so at once', () => {
    const { session, links, preferences } = dialingSession();
    preferences.hideAddress = true;
    session.update(on(stunOnly));
    expect(links).toEqual([]);
    expect(session.view).toMatchObject({ isLinkBlocked: true, hasLink: false, isConnected: true });
    expect(session.state.phase).toBe('connected');
    session.handleMessage(LINKS_FEATURE, offer);
    expect(links).toEqual([]);
    session.update(on(withTurn));
    expect(links.map(({ options }) => options.mustRelay)).toEqual([true]);
    expect(session.view.isLinkBlocked).toBe(false);
  });

  it('while a link is up has it look for another path, or closed where there is none', () => {
    const { session, links, preferences } = dialingSession();
    session.update(on(withTurn));
    links[0]!.events.emit('connected', undefined);
    preferences.hideAddress = true;
    session.link.renew();
    expect(links[0]!.restarts.map(({ mustRelay }) => mustRelay)).toEqual([true]);
    preferences.iceServers = [{ url: 'stun:mine.example', username: '', credential: '' }];
    session.link.renew();
    expect(links[0]!.isClosed).toBe(true);
    expect(session.view).toMatchObject({ isLinkBlocked: true, hasLink: false });
    vi.advanceTimersByTime(60_000);
    expect(links).toHaveLength(1);
    preferences.hideAddress = false;
    session.link.renew();
    expect(links).toHaveLength(2);
    session.handleEnd('left', 'me');
    session.link.renew();
    expect(links).toHaveLength(2);
  });
});
