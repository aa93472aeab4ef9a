import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { Backoff, type BackoffTimes } from '../../../shared/Backoff';
import type { LaneOffer } from '../../../shared/protocol/transfer';
import type { Digest, LaneConnector, LaneUser, Log } from '../../../backend/ports';
import type { LanAddress } from '../../../shared/address';
import { TokenBucket } from '../../../shared/TokenBucket';
import { makeLaneIdentity } from './certificate';
import { dialable } from './dialable';
import { dialLane } from './dialLane';
import { LanePort } from './LanePort';
import { LanLane, type LaneTimings } from './LanLane';
import { TOKEN_BYTES } from './laneTls';

/** Offers of the peer that are heeded: some at once, then one a second. */
const OFFERS_PER_SECOND = 1;
const OFFERS_BURST = 10;
const MAX_ADDRESSES = 16;

export interface LanTimings extends LaneTimings {
  /** A stranger on the port, and a dial as a whole, get this long, in ms. */
  readonly handshakeTimeoutMs: number;
  /**
   * Between the dials of one offer, and before the offer that follows a lane which did not hold. A firewall lets none through,
   * and costs little.
   */
  readonly redial: BackoffTimes;
  /** Where both sides listen, the one with the larger token leaves the other this much time, in ms. */
  readonly yieldMs: number;
}

const LAN_TIMINGS: LanTimings = {
  heartbeatMs: 500,
  silenceMs: 2_500,
  handshakeTimeoutMs: 3_000,
  redial: { firstMs: 2_000, longestMs: 30_000, factor: 2.5 },
  yieldMs: 4_000,
};

/** What this backend allows and has for LAN lanes. */
export interface LanAccess {
  /** Whether this device may listen on the network at present. */
  mayListen: () => boolean;
  /** This machine's addresses, likely ones first. */
  addresses: () => readonly string[];
  /** Whether an address that a peer names may be dialed. */
  mayDial?: (address: string) => boolean;
  log: Log;
  timings?: Partial<LanTimings>;
}

export interface LanLaneConnectorOptions {
  access: LanAccess;
  sha256: Digest;
  user: LaneUser;
}

/**
 * The LAN lane to one device: while there is a session, offers it, dials the peer's, and tries again quietly. A lane ends
 * with its session, so that what it carried is over before the next session's `resume`.
 */
export class LanLaneConnector implements LaneConnector {
  readonly #options: LanLaneConnectorOptions;
  readonly #timings: LanTimings;
  readonly #identity = makeLaneIdentity();
  readonly #offers = new TokenBucket(OFFERS_PER_SECOND, OFFERS_BURST);
  #peerFingerprint: Promise<string>;
  #tellFingerprint: (fingerprint: string) => void = () => undefined;
  #token = randomBytes(TOKEN_BYTES);
  #port: LanePort | null = null;
  #dial: AbortController | null = null;
  #lane: LanLane | null = null;
  #lastOffer: LaneOffer | null = null;
  readonly #offersAgain: Backoff;
  readonly #over = new AbortController();
  #hasSession = false;

  constructor(options: LanLaneConnectorOptions) {
    this.#options = options;
    this.#timings = { ...LAN_TIMINGS, ...options.access.timings };
    this.#offersAgain = new Backoff(this.#timings.redial);
    this.#peerFingerprint = new Promise((resolve) => (this.#tellFingerprint = resolve));
  }

  /** Whether bytes can go this way at present. */
  get isUp(): boolean {
    return this.#lane !== null;
  }

  /** A session is verified: this side's offer goes out, and the peer's, which may have come first, is taken up. */
  sessionOpened(): void {
    this.#hasSession = true;
    void this.#offer();
    if (this.#lastOffer) this.#dialUntilUp(this.#lastOffer);
  }

  sessionClosed(): void {
    this.#hasSession = false;
    this.#over.abort();
    this.#dial?.abort();
    this.#port?.close();
    this.#port = null;
    this.#lane?.close();
  }

  /** The person has allowed or forbidden to listen; a lane that is up stays. */
  listeningChanged(): void {
    if (!this.#hasSession || this.#lane) return;
    const isListening = this.#port !== null;
    if (isListening !== this.#options.access.mayListen()) void this.#offer();
  }

  cameNear(): void {
    if (this.#hasSession && !this.#lane) void this.#offer();
  }

  handleOffer(offer: LaneOffer): void {
    if (!this.#offers.consume()) return;
    // Whoever waits for the first one gets it; a peer that was restarted has another, said over a verified session as well.
    this.#tellFingerprint(offer.fingerprint);
    this.#peerFingerprint = Promise.resolve(offer.fingerprint);
    this.#lastOffer = offer;
    if (this.#hasSession) this.#dialUntilUp(offer);
  }

  /** Listens, where that is allowed, and makes an offer; without a port it only names the certificate. */
  async #offer(): Promise<void> {
    this.#port?.close();
    this.#port = null;
    const token = randomBytes(TOKEN_BYTES);
    this.#token = token;
    const { access, user } = this.#options;
    const port = access.mayListen() ? await this.#listen() : 0;
    if (!this.#hasSession || token !== this.#token) return;
    user.send({
      type: 'lane-offer',
      fingerprint: this.#identity.fingerprint,
      token: token.toString('hex'),
      addresses: port > 0 ? access.addresses().slice(0, MAX_ADDRESSES) : [],
      port,
    });
  }

  /** A lane is gone: the next offer goes out at once where the lane has held, and later and later where none does. */
  async #offerAgain(heldMs: number): Promise<void> {
    const hasHeld = heldMs >= this.#timings.redial.longestMs;
    if (hasHeld) this.#offersAgain.reset();
    else await pause(this.#offersAgain.next(), this.#over.signal);
    if (this.#hasSession && !this.#lane) await this.#offer();
  }

  async #listen(): Promise<number> {
    const { access } = this.#options;
    const port = new LanePort({
      identity: this.#identity,
      token: this.#token,
      peerFingerprint: () => this.#peerFingerprint,
      strangerTimeoutMs: this.#timings.handshakeTimeoutMs,
      onPeer: (socket) => this.#up(socket, 'listener'),
    });
    this.#port = port;
    try {
      return await port.open();
    } catch (error) {
      access.log.info('lan-lane', { to: 'not-listening', error });
      this.#port = null;
      return 0;
    }
  }

  #dialUntilUp(offer: LaneOffer): void {
    this.#dial?.abort();
    this.#dial = new AbortController();
    void this.#keepDialing(offer, this.#dial.signal);
  }

  async #keepDialing(offer: LaneOffer, signal: AbortSignal): Promise<void> {
    const { access } = this.#options;
    const addresses = dialable(offer.addresses, offer.port, access.mayDial).filter(({ host }) =>
      this.#options.user.mayDial(host),
    );
    if (addresses.length === 0) return;
    const { redial, yieldMs } = this.#timings;
    const backoff = new Backoff(redial);
    if (this.#port && this.#token.toString('hex') > offer.token) await pause(yieldMs, signal);
    while (!signal.aborted) {
      const socket = this.#lane ? null : await this.#dialOnce(addresses, offer, signal);
      if (socket) {
        // The token is used up: what comes next is the peer's next offer.
        this.#up(socket, 'dialer');
        return;
      }
      await pause(backoff.next(), signal);
    }
  }

  async #dialOnce(
    addresses: readonly LanAddress[],
    { fingerprint, token }: LaneOffer,
    signal: AbortSignal,
  ): Promise<TLSSocket | null> {
    const timeout = AbortSignal.timeout(this.#timings.handshakeTimeoutMs);
    try {
      return await dialLane({
        addresses,
        fingerprint,
        token: Buffer.from(token, 'hex'),
        identity: this.#identity,
        signal: AbortSignal.any([signal, timeout]),
      });
    } catch (error) {
      this.#options.access.log.debug('lan-lane', { to: 'not-reached', error });
      return null;
    }
  }

  #up(socket: TLSSocket, role: 'dialer' | 'listener'): void {
    if (!this.#hasSession || this.#lane) {
      socket.destroy();
      return;
    }
    const { access, sha256, user } = this.#options;
    const { heartbeatMs, silenceMs } = this.#timings;
    const upMs = performance.now();
    const onClosed = (): void => {
      if (this.#lane !== lane) return;
      this.#lane = null;
      access.log.info('lan-lane', { from: 'up', to: 'down' });
      user.onDown(lane);
      if (this.#hasSession) void this.#offerAgain(performance.now() - upMs);
    };
    const lane = new LanLane({
      socket,
      sha256,
      readPage: (source) => user.readPage(source),
      onBlock: (block) => user.onBlock(block),
      pacer: user.pacer,
      heartbeatMs,
      silenceMs,
      onClosed,
    });
    this.#lane = lane;
    access.log.info('lan-lane', { to: 'up', role });
    user.onUp(lane);
  }
}

/** Waits, or until the signal is aborted. Never throws, and keeps no process alive. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
