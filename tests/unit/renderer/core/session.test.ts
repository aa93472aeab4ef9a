import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionInfo } from '../../../../src/shared/contract/sessions';
import type { TrustPermissions } from '../../../../src/shared/contract/trust';
import type { PeerLinkEvents } from '../../../../src/renderer/core/peer/PeerLink';
import { Emitter } from '../../../../src/shared/Emitter';
import type { ControlMessage } from '../../../../src/shared/protocol/control';
import type { RtcSignal, SignalMessage } from '../../../../src/shared/protocol/links';
import { RecordingBackend } from '../../../support/RecordingBackend';
import { recordedSdp } from '../../../support/sdp/recordedSdp';
import { dialingSession, known, offerSdp, sessionId, sessionOf } from '../../../support/coreSession';

/** What was handed to the browser's side of a link, and the links themselves. */
const links = vi.hoisted(() => [] as RtcSignal[][]);
const peerLinks = vi.hoisted(() => [] as { events: Emitter<PeerLinkEvents> }[]);
vi.mock('../../../../src/renderer/core/peer/PeerLink', () => ({
  PeerLink: class {
    readonly events = new Emitter<PeerLinkEvents>();
    readonly laneChannel = new EventTarget();
    readonly maxPacketBytes = 1024;
    readonly #signals: RtcSignal[] = [];
    constructor() {
      links.push(this.#signals);
      peerLinks.push(this);
    }
    send(): void {
      // Nobody listens.
    }
    roundTripMs(): Promise<null> {
      return Promise.resolve(null);
    }
    signal(signal: RtcSignal): void {
      this.#signals.push(signal);
    }
    close(): void {
      this.events.emit('closed', undefined);
    }
  },
}));

const offer: SignalMessage = { type: 'signal', link: 500, signal: { type: 'offer', sdp: offerSdp } };
const ask: TrustPermissions = { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' };
const trustedDevice = { trust: { state: 'trusted', permissions: ask }, isVerified: true } as const;

/** A promise that the test keeps. */
function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}

beforeEach(() => {
  vi.useFakeTimers();
  links.length = 0;
  peerLinks.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('two people who compare a code', () => {
  it('are connected when both have said that it matches, whoever is first', () => {
    for (const order of [
      ['me', 'peer'],
      ['peer', 'me'],
    ]) {
      const { session, backend, sent } = sessionOf();
      session.accept();
      expect(session.state.phase).toBe('verifying');
      expect(sent()).toEqual(['accept']);
      for (const who of order) {
        expect(session.state.phase).toBe('verifying');
        if (who === 'me') void session.trust.verify(false);
        else session.handleSignal({ type: 'verified' });
      }
      expect(session.state.phase).toBe('connecting');
      expect(sent()).toEqual(['accept', 'verified']);
      expect(backend.argsOf('signaling:markVerified').map(({ by }) => by)).toEqual(order);
      expect(backend.argsOf('trust:pin')).toEqual([]);
    }
  });

  it('pin the key only after the backend knows that it was verified', async () => {
    const marked = later<Record<string, never>>();
    const backend = new RecordingBackend({ 'signaling:markVerified': () => marked.promise });
    const { session } = sessionOf({}, backend);
    session.accept();
    const verified = session.trust.verify(true);
    await Promise.resolve();
    expect(backend.argsOf('trust:pin')).toEqual([]);
    marked.resolve({});
    await verified;
    expect(backend.argsOf('trust:pin')).toEqual([{ sessionId }]);
  });

  it('end the session where the codes differ, and nowhere else', () => {
    const { session, backend } = sessionOf();
    session.reportMismatch();
    expect(session.state.phase).toBe('asked');
    session.accept();
    session.reportMismatch();
    expect(session.state).toEqual({ phase: 'ended', reason: 'code-mismatch', by: 'me' });
    expect(backend.argsOf('signaling:close')).toEqual([{ sessionId, reason: 'code-mismatch' }]);
  });

  it('are told when it was the other one who saw another code', () => {
    const { session } = sessionOf({ isAccepted: true });
    session.handleSignalingEnd('code-mismatch');
    expect(session.state).toEqual({ phase: 'ended', reason: 'code-mismatch', by: 'peer' });
  });

  it('have five minutes', () => {
    const { session } = sessionOf();
    session.accept();
    vi.advanceTimersByTime(299_000);
    expect(session.state.phase).toBe('verifying');
    vi.advanceTimersByTime(1_000);
    expect(session.state).toEqual({ phase: 'ended', reason: 'timed-out', by: 'none' });
  });
});

describe('before both have verified', () => {
  it.each([
    ['asked', false],
    ['verifying', true],
  ])('anything of WebRTC ends the session while it is %s', (phase, isAccepted) => {
    for (const early of [offer, { type: 'relink', link: 0 } as const]) {
      const { session } = sessionOf({ isAccepted });
      expect(session.state.phase).toBe(phase);
      session.handleSignal(early);
      expect(session.state).toEqual({ phase: 'ended', reason: 'protocol-violation', by: 'none' });
      expect(links).toEqual([]);
    }
  });

  it('a "verified" that comes before the request was accepted ends the session', () => {
    const { session } = sessionOf();
    session.handleSignal({ type: 'verified' });
    expect(session.state).toMatchObject({ phase: 'ended', reason: 'protocol-violation' });
  });

  it('no link is built, on the side that would make the offer either', () => {
    const { session } = sessionOf({ role: 'dialer', isAccepted: true, isVerified: true });
    vi.advanceTimersByTime(60_000);
    expect(links).toEqual([]);
    session.handleSignal({ type: 'verified' });
    expect(links).toHaveLength(1);
  });
});

describe('a trusted device', () => {
  it('has only its request accepted; there is nothing to compare on this side', () => {
    const { session, sent } = sessionOf(trustedDevice);
    expect(session.state.phase).toBe('asked');
    session.accept();
    expect(sent()).toEqual(['accept', 'verified']);
    session.handleSignal({ type: 'verified' });
    expect(session.state.phase).toBe('connecting');
  });

  it('that may connect has its request accepted at once', () => {
    const permissions = { ...ask, connect: 'allow' } as const;
    const { session, backend, sent } = sessionOf({
      trust: { state: 'trusted', permissions },
      isVerified: true,
    });
    expect(session.state.phase).toBe('verifying');
    expect(sent()).toEqual(['accept', 'verified']);
    expect(backend.argsOf('signaling:markAccepted')).toEqual([{ sessionId }]);
  });

  it.each(['unknown', 'name-taken', 'address-taken'] as const)(
    'is not one whose trust is "%s"; nobody accepts for the person',
    (state) => {
      const trust = state === 'unknown' ? { state } : { state, trustedName: 'Kim' };
      const { session, sent } = sessionOf({ trust });
      expect(session.state.phase).toBe('asked');
      session.accept();
      expect(session.state.phase).toBe('verifying');
      expect(sent()).toEqual(['accept']);
    },
  );

  it('that is dialed is verified as soon as it accepts', () => {
    const { session, sent } = sessionOf({ ...trustedDevice, role: 'dialer' });
    expect(session.state.phase).toBe('asking');
    session.handleSignal({ type: 'accept' });
    expect(sent()).toEqual(['verified']);
    expect(session.state.phase).toBe('verifying');
  });
});

describe('a page that was reloaded', () => {
  it.each([
    [{}, 'asked', []],
    [{ isAccepted: true }, 'verifying', []],
    // Whether the word went out before the reload is unknown; the other side may hear it twice.
    [{ isAccepted: true, isVerified: true }, 'verifying', ['verified']],
    [{ isAccepted: true, isPeerVerified: true }, 'verifying', []],
    [{ isAccepted: true, isVerified: true, isPeerVerified: true }, 'reconnecting', ['verified', 'relink']],
  ] as const)('goes on from %j as %s', (change, phase, words) => {
    const { session, sent } = sessionOf(change);
    expect(session.state.phase).toBe(phase);
    expect(sent()).toEqual(words);
  });

  it('hears a second "verified" without any harm', () => {
    const { session, backend } = sessionOf({ isAccepted: true, isVerified: true, isPeerVerified: true });
    session.handleSignal({ type: 'verified' });
    expect(session.state.phase).toBe('reconnecting');
    expect(backend.argsOf('signaling:markVerified')).toEqual([]);
  });
});

describe('the SDP of a peer', () => {
  const both = { isAccepted: true, isVerified: true, isPeerVerified: true } as const;

  it('reaches the browser when it names the certificate that the peer has signed', () => {
    const { session } = sessionOf(both);
    session.handleSignal(offer);
    expect(links).toEqual([[{ type: 'offer', sdp: offerSdp }]]);
  });

  it('ends the session when it names another one, at first and when it is renegotiated', () => {
    const { session } = sessionOf({ ...both, peerFingerprint: 'f'.repeat(64) });
    session.handleSignal(offer);
    expect(session.state).toEqual({ phase: 'ended', reason: 'tampered', by: 'none' });
    expect(links).toEqual([]);

    const later = sessionOf(both).session;
    later.handleSignal(offer);
    const changed = offerSdp.replace(
      /(a=fingerprint:sha-256 )(\S\S)/,
      (_, head: string, byte: string) => head + (byte === '00' ? '01' : '00'),
    );
    later.handleSignal({ ...offer, signal: { type: 'offer', sdp: changed } });
    expect(later.state).toMatchObject({ phase: 'ended', reason: 'tampered' });
    expect(links.at(-1)).toHaveLength(1);
  });

  it('that breaks the rules ends it as such', () => {
    const { session } = sessionOf(both);
    session.handleSignal({ ...offer, signal: { type: 'offer', sdp: 'v=0' } });
    expect(session.state).toMatchObject({ phase: 'ended', reason: 'protocol-violation' });
  });

  it('is checked against the certificate that the peer’s page has now', () => {
    const { session } = sessionOf({ ...both, peerFingerprint: 'f'.repeat(64) });
    session.handleChange(known(both));
    session.handleSignal(offer);
    expect(links).toEqual([[{ type: 'offer', sdp: offerSdp }]]);
  });
});

describe('an offer of a side link', () => {
  const both = { isAccepted: true, isVerified: true, isPeerVerified: true } as const;
  const sideOffer: ControlMessage = { type: 'side-offer', side: 1, sdp: offerSdp };

  /** A session with a link, to which the peer says something. */
  function told(change: Partial<SessionInfo>, message: ControlMessage) {
    const { session } = sessionOf({ ...both, ...change });
    if (change.role !== 'dialer') session.handleSignal(offer);
    const link = peerLinks.at(-1)!;
    link.events.emit('connected', undefined);
    expect(session.state.phase).toBe('connected');
    link.events.emit('message', message);
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

describe('dialing', () => {
  it('keeps what the other page says before our own backend has answered', async () => {
    const answer = later<SessionInfo>();
    const backend = new RecordingBackend({ 'signaling:connect': () => answer.promise });
    const session = dialingSession(backend);
    const dialed = session.dial({ kind: 'device', deviceId: '2'.repeat(32) });
    session.handleSignal({ type: 'accept' });
    session.handleSignal({ type: 'verified' });
    answer.resolve(known({ role: 'dialer', isVerified: true, trust: trustedDevice.trust }));
    await dialed;
    expect(session.state.phase).toBe('connecting');
  });
});
