import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionInfo } from '../../../../src/shared/contract/sessions';
import { HitherError } from '../../../../src/shared/errors';
import { type LinkMessage, LINKS_FEATURE } from '../../../../src/shared/protocol/links';
import { type TrackMute, TRACKS_FEATURE } from '../../../../src/shared/protocol/tracks';
import { dialingSession, known, offerSdp, sessionId, sessionOf } from '../../../support/coreSession';
import { RecordingBackend } from '../../../support/RecordingBackend';
import { recordedSdp } from '../../../support/sdp/recordedSdp';

const offer: LinkMessage = { type: 'signal', link: 500, signal: { type: 'offer', sdp: offerSdp } };
const both = { phase: 'connected', isVerified: true, isPeerVerified: true } as const;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a session of the page', () => {
  it.each(['asking', 'asked', 'verifying', 'reconnecting'] as const)(
    'is %s when the backend says so',
    (phase) => {
      const { session } = sessionOf({ phase });
      expect(session.state).toEqual({ phase });
      expect(session.isConnected).toBe(false);
    },
  );

  it('asks the backend to accept and to verify, and moves on only when that says so', () => {
    const { session, backend } = sessionOf();
    session.accept();
    expect(session.state.phase).toBe('asked');
    expect(backend.argsOf('sessions:accept')).toEqual([{ sessionId }]);
    session.update(known({ phase: 'verifying' }));
    for (const trust of [false, true]) session.verify(trust);
    expect(backend.argsOf('sessions:verify')).toEqual([
      { sessionId, trust: false },
      { sessionId, trust: true },
    ]);
    expect(session.state.phase).toBe('verifying');
    session.update(known(both));
    expect(session.state.phase).toBe('connecting');
    expect(session.isConnected).toBe(true);
  });

  it('tells of a verdict that could not be kept, and of nothing where the session is over', async () => {
    for (const [code, count] of [
      ['disk-full', 1],
      ['unknown-session', 0],
      ['backend-gone', 0],
    ] as const) {
      const backend = new RecordingBackend({
        'sessions:verify': () => {
          throw new HitherError(code);
        },
      });
      const { session, failures } = sessionOf({ phase: 'verifying' }, { backend });
      session.verify(true);
      await vi.advanceTimersByTimeAsync(0);
      expect(failures).toHaveLength(count);
    }
  });

  it('ends at once when its person says so, and the backend is told', () => {
    const { session, backend } = sessionOf({ phase: 'verifying' });
    session.end('code-mismatch', 'me');
    expect(session.state).toEqual({ phase: 'ended', reason: 'code-mismatch', by: 'me' });
    expect(backend.argsOf('sessions:end')).toEqual([{ sessionId, reason: 'code-mismatch' }]);
  });

  it('says whose doing its end was, and stays ended whatever comes', () => {
    const { session, links } = sessionOf({ phase: 'verifying' });
    session.handleEnd('code-mismatch', 'peer');
    expect(session.state).toEqual({ phase: 'ended', reason: 'code-mismatch', by: 'peer' });
    session.handleEnd('left', 'me');
    session.update(known(both));
    session.handleMessage(LINKS_FEATURE, offer);
    expect(session.state).toEqual({ phase: 'ended', reason: 'code-mismatch', by: 'peer' });
    expect(links).toEqual([]);
  });

  it('calls a request that was taken back so', () => {
    const { session } = sessionOf({ phase: 'asking', role: 'dialer' });
    session.end('left', 'me');
    expect(session.state).toEqual({ phase: 'ended', reason: 'cancelled', by: 'me' });
  });
});

describe('candidates of a peer', () => {
  it('reach the browser as far as an honest link has them, and the rest costs nothing', () => {
    const { session, links } = sessionOf(both);
    session.handleMessage(LINKS_FEATURE, offer);
    const signal = {
      type: 'candidate',
      candidate: { candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host' },
    };
    const countAfter = (count: number): number => {
      for (let n = 0; n < count; n++)
        session.handleMessage(LINKS_FEATURE, { type: 'signal', link: 500, signal });
      return links[0]!.signals.length - 1;
    };
    expect(countAfter(3_000)).toBe(256);
    vi.advanceTimersByTime(1_000);
    expect(countAfter(100)).toBe(256 + 16);
    expect(session.state.phase).toBe('connecting');
  });
});

describe('signals of a peer that have the browser negotiate', () => {
  it.each([
    ['renegotiate', { type: 'renegotiate', renegotiate: true }],
    ['offer', offer.signal],
  ])('reach it as far as people who share and stop make them: %s', (_, signal) => {
    const { session, links } = sessionOf(both);
    session.handleMessage(LINKS_FEATURE, offer);
    const countAfter = (count: number): number => {
      for (let n = 0; n < count; n++)
        session.handleMessage(LINKS_FEATURE, { type: 'signal', link: 500, signal });
      return links[0]!.signals.length;
    };
    expect(countAfter(3_000)).toBe(64);
    vi.advanceTimersByTime(1_000);
    expect(countAfter(100)).toBe(64 + 8);
    expect(session.state.phase).toBe('connecting');
  });
});

describe('what a peer says of its tracks', () => {
  it('is heard as far as people click, and no further', () => {
    const { session } = sessionOf(both);
    session.features.tracks.handleStream({ id: 'stream' } as MediaStream);
    const say = (mute: TrackMute): void =>
      session.handleMessage(TRACKS_FEATURE, {
        ...{ type: 'track-published', source: 'screen', streamId: 'stream' },
        mute,
      });
    for (let n = 0; n < 1_000; n++) say('none');
    say('paused');
    expect(session.view.remoteShare?.mute).toBe('none');
    vi.advanceTimersByTime(100);
    say('paused');
    expect(session.view.remoteShare?.mute).toBe('paused');
    expect(session.state.phase).toBe('connecting');
  });
});

describe('before both have verified', () => {
  it.each(['asked', 'asking', 'verifying'] as const)(
    'nothing of WebRTC reaches the browser while it is %s',
    (phase) => {
      for (const early of [offer, { type: 'relink', link: 0 }] as const) {
        const { session, links } = sessionOf({ phase, role: phase === 'asking' ? 'dialer' : 'listener' });
        session.handleMessage(LINKS_FEATURE, early);
        expect(session.state.phase).toBe(phase);
        expect(links).toEqual([]);
      }
    },
  );

  it('no link is built, on the side that would make the offer either', () => {
    const { session, links } = sessionOf({ role: 'dialer', phase: 'verifying', isVerified: true });
    vi.advanceTimersByTime(60_000);
    expect(links).toEqual([]);
    session.update(known({ ...both, role: 'dialer' }));
    expect(links).toHaveLength(1);
    expect(links[0]?.options).toMatchObject({
      isInitiator: true,
      remoteAddress: '192.0.2.1',
      iceServers: [],
    });
  });
});

describe('a page that was reloaded', () => {
  it.each([
    ['asked', 'asked', []],
    ['verifying', 'verifying', []],
    ['connected', 'reconnecting', ['relink']],
    ['reconnecting', 'reconnecting', []],
  ] as const)('goes on from %s as %s', (phase, shown, words) => {
    const { session, sent } = sessionOf({ phase }, { isResuming: true });
    expect(session.state.phase).toBe(shown);
    expect(sent()).toEqual(words);
  });
});

describe('the SDP of a peer', () => {
  it('reaches the browser when it names the certificate that the peer has signed', () => {
    const { session, links } = sessionOf(both);
    session.handleMessage(LINKS_FEATURE, offer);
    expect(links.map(({ signals }) => signals)).toEqual([[{ type: 'offer', sdp: offerSdp }]]);
  });

  it('ends the session when it names another one, at first and when it is renegotiated', () => {
    const { session, links, backend } = sessionOf({ ...both, peerFingerprint: 'f'.repeat(64) });
    session.handleMessage(LINKS_FEATURE, offer);
    expect(session.state).toEqual({ phase: 'ended', reason: 'tampered', by: 'none' });
    expect(backend.argsOf('sessions:end')).toEqual([{ sessionId, reason: 'tampered' }]);
    expect(links).toEqual([]);

    const later = sessionOf(both);
    later.session.handleMessage(LINKS_FEATURE, offer);
    const changed = offerSdp.replace(
      /(a=fingerprint:sha-256 )(\S\S)/,
      (_, head: string, byte: string) => head + (byte === '00' ? '01' : '00'),
    );
    later.session.handleMessage(LINKS_FEATURE, { ...offer, signal: { type: 'offer', sdp: changed } });
    expect(later.session.state).toMatchObject({ phase: 'ended', reason: 'tampered' });
    expect(later.links.at(-1)?.signals).toHaveLength(1);
  });

  it('of a restart has other names of ICE and must have the same certificate', () => {
    const restarted = offerSdp.replace(/^a=ice-ufrag:.*$/m, 'a=ice-ufrag:Anew');
    expect(restarted).not.toBe(offerSdp);
    const { session, links } = sessionOf(both);
    for (const sdp of [offerSdp, restarted, restarted.replace(/(a=fingerprint:sha-256 )\S\S/, '$100')])
      session.handleMessage(LINKS_FEATURE, { ...offer, signal: { type: 'offer', sdp } });
    expect(links.map(({ signals }) => signals.length)).toEqual([2]);
    expect(session.state).toMatchObject({ phase: 'ended', reason: 'tampered' });
  });

  it('that breaks the rules ends it as such', () => {
    const { session } = sessionOf(both);
    session.handleMessage(LINKS_FEATURE, { ...offer, signal: { type: 'offer', sdp: 'v=0' } });
    expect(session.state).toMatchObject({ phase: 'ended', reason: 'protocol-violation' });
  });

  it('is checked against the certificate that the peer’s page has now', () => {
    const { session, links } = sessionOf({ ...both, peerFingerprint: 'f'.repeat(64) });
    session.update(known(both));
    session.handleMessage(LINKS_FEATURE, offer);
    expect(links.map(({ signals }) => signals)).toEqual([[{ type: 'offer', sdp: offerSdp }]]);
  });
});

describe('an offer of a side link', () => {
  const sideOffer = { type: 'side-offer', side: 1, sdp: offerSdp } as const;

  /** A session with a link, to which the peer says something. */
  function told(change: Partial<SessionInfo>, message: LinkMessage) {
    const { session, links } = sessionOf({ ...both, ...change });
    if (change.role !== 'dialer') session.handleMessage(LINKS_FEATURE, offer);
    links.at(-1)!.events.emit('connected', undefined);
    expect(session.state.phase).toBe('connected');
    session.handleMessage(LINKS_FEATURE, message);
    return session.state;
  }

  it('ends the session where it names another certificate than the peer has signed', () => {
    const forged = offerSdp.replace(/(a=fingerprint:sha-256 )\S\S/, '$100');
    expect(forged).not.toBe(offerSdp);
    expect(told({}, { ...sideOffer, sdp: forged })).toMatchObject({ phase: 'ended', reason: 'tampered' });
  });

  it('ends the session where it is no SDP, or one with media', () => {
    for (const sdp of ['v=0', recordedSdp['screen-offer']!])
      expect(told({}, { ...sideOffer, sdp })).toMatchObject({ phase: 'ended' });
  });

  it('ends the session where the peer is not the one to make it, or answers what nobody asked', () => {
    const role = 'dialer';
    const violation = { phase: 'ended', reason: 'protocol-violation' };
    expect(told({ role }, sideOffer)).toMatchObject(violation);
    expect(told({}, { ...sideOffer, type: 'side-answer' })).toMatchObject(violation);
  });
});

describe('messages of features', () => {
  it('that break their schema end the session; a feature that nobody knows does no harm', () => {
    const { session, backend } = sessionOf(both);
    session.handleMessage('of-tomorrow', { anything: 1 });
    expect(session.state.phase).toBe('connecting');
    session.handleMessage('view-requests', { type: 'run' });
    expect(session.state).toEqual({ phase: 'ended', reason: 'protocol-violation', by: 'none' });
    expect(backend.argsOf('sessions:end')).toEqual([{ sessionId, reason: 'protocol-violation' }]);
  });

  it('are kept until our own backend has answered the dial, and no more of them than an honest peer says', () => {
    const { session, links } = dialingSession();
    for (let n = 0; n < 100; n++) session.handleMessage(LINKS_FEATURE, offer);
    expect(session.state.phase).toBe('dialing');
    session.update(known(both));
    expect(links[0]?.signals).toHaveLength(16);
  });
});

describe('a session without a peer link', () => {
  it('is connected where the peer has no page, and gets a link when one comes', () => {
    const { session, links } = sessionOf({ ...both, role: 'dialer', hasPeerPage: false });
    expect(session.state.phase).toBe('connected');
    expect(session.view).toMatchObject({ hasLink: false, isConnected: true });
    expect(links).toEqual([]);
    session.update(known({ ...both, role: 'dialer' }));
    expect(links).toHaveLength(1);
  });

  it('is connected when no path was found for half a minute, and a link is still tried', () => {
    const { session, links } = sessionOf({ ...both, role: 'dialer' });
    expect(session.state.phase).toBe('connecting');
    vi.advanceTimersByTime(30_000);
    expect(session.state.phase).toBe('connected');
    expect(session.view.hasLink).toBe(false);
    const before = links.length;
    vi.advanceTimersByTime(20_000);
    expect(links.length).toBeGreaterThan(before);
    links.at(-1)?.events.emit('connected', undefined);
    expect(session.view.hasLink).toBe(true);
  });
});

describe('the data channel of a peer link', () => {
  it('is announced as a carrier, moves frames both ways, and goes with the link', () => {
    const { session, backend, links } = sessionOf({ ...both, role: 'dialer' });
    links[0]!.events.emit('connected', undefined);
    const [{ carrierId } = { carrierId: '' }] = backend.argsOf('carriers:open');
    expect(backend.argsOf('carriers:open')).toEqual([{ sessionId, carrierId }]);
    const bytes = new Uint8Array(16);
    backend.emit('carriers:send', { carrierId, bytes });
    backend.emit('carriers:send', { carrierId: 'another', bytes });
    expect(links[0]!.frames).toEqual([bytes]);
    links[0]!.events.emit('frame', bytes);
    expect(backend.argsOf('carriers:frame')).toEqual([{ carrierId, bytes }]);
    // The page was away from its backend for a moment.
    session.link.reopen();
    expect(backend.argsOf('carriers:open')).toHaveLength(2);
    links[0]!.events.emit('closed', undefined);
    expect(backend.argsOf('carriers:close')).toEqual([{ carrierId }]);
    links[1]!.events.emit('connected', undefined);
    expect(backend.argsOf('carriers:open').at(-1)?.carrierId).not.toBe(carrierId);
  });

  it('is none while the link is silent, so that what mends it goes another way, and is one again after that', () => {
    const { backend, links } = sessionOf({ ...both, role: 'dialer' });
    links[0]!.events.emit('connected', undefined);
    links[0]!.events.emit('unstable', undefined);
    expect(backend.argsOf('carriers:close')).toEqual([
      { carrierId: backend.argsOf('carriers:open')[0]?.carrierId },
    ]);
    links[0]!.events.emit('stable', undefined);
    const carrierId = backend.argsOf('carriers:open')[1]?.carrierId ?? '';
    backend.emit('carriers:send', { carrierId, bytes: new Uint8Array(16) });
    expect(links[0]!.frames).toHaveLength(1);
    expect(links).toHaveLength(1);
  });

  it('still passes on the goodbye of a session that a person ends, but no picture, and closes then', () => {
    const { session, links, backend } = sessionOf({ ...both, role: 'dialer' });
    links[0]!.events.emit('connected', undefined);
    const carrierId = backend.argsOf('carriers:open')[0]?.carrierId ?? '';
    expect(links[0]!.sendsMedia).toBe(true);
    session.end('left', 'me');
    expect(links[0]!.sendsMedia).toBe(false);
    backend.emit('carriers:send', { carrierId, bytes: new Uint8Array(16) });
    expect(links[0]!.frames).toHaveLength(1);
    expect(links[0]!.isClosed).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(links[0]!.isClosed).toBe(true);
    expect(backend.argsOf('carriers:close')).toEqual([{ carrierId }]);
  });

  it('that brings something else than frames ends the session', () => {
    const { session, links } = sessionOf({ ...both, role: 'dialer' });
    links[0]!.events.emit('violation', undefined);
    expect(session.state).toMatchObject({ phase: 'ended', reason: 'protocol-violation' });
  });
});
