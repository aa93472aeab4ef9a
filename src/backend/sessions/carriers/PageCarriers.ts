import type { RequestHandlers } from '../../../shared/contract/backend';
import { concatBytes } from '@noble/hashes/utils.js';
import { HitherError } from '../../../shared/errors';
import { carrierChannel } from '../../../shared/identity/keySchedule';
import { toHex } from '../../../shared/ids';
import { TokenBucket } from '../../../shared/TokenBucket';
import type { Clock, Random } from '../../ports';
import type { Carrier, CarrierMessage, CarrierReader } from './Carrier';
import { CarrierInbox } from './CarrierInbox';
import { SealedCarrier } from './SealedCarrier';
import type { Session } from '../Session';
import type { SessionLimits } from '../timings';

/** Random bytes that each side adds to the keys of a carrier. Sealed frames are longer than two of those. */
const NONCE_BYTES = 16;
/** How often a peer may speak of keys, a second and in a burst: each may cost new ones, and all that is unacknowledged once more. */
const NONCES_PER_SECOND = 1;
const MAX_NONCES = 40;
/** Keys that one data channel may have in all. */
const MAX_KEYS = 1_000;

type CarrierHandlers = Pick<RequestHandlers, 'carriers:open' | 'carriers:frame' | 'carriers:close'>;

/** The part of a session that its carriers need. */
type CarriedSession = Pick<Session, 'isVerified' | 'role' | 'exporter' | 'ended' | 'events' | 'attach'>;

export interface PageCarriersOptions {
  random: Random;
  clock: Clock;
  limits: SessionLimits;
  /** @throws HitherError `unknown-session` */
  sessionOf: (sessionId: string) => CarriedSession;
  /** Hands a frame to the page, for the peer. */
  send: (carrierId: string, bytes: Uint8Array<ArrayBuffer>) => void;
}

/** A data channel of the page's as a carrier, from one agreement on keys to the next. */
class PageCarrier implements Carrier {
  readonly kind = 'data-channel';
  readonly route = null;
  readonly #inbox = new CarrierInbox();
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;

  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#send = send;
  }

  get isOpen(): boolean {
    return !this.#inbox.isClosed;
  }

  read(reader: CarrierReader | null): void {
    this.#inbox.read(reader);
  }

  next(): Promise<CarrierMessage | null> {
    return this.#inbox.next();
  }

  send(message: CarrierMessage): void {
    if (this.isOpen && typeof message !== 'string') this.#send(new Uint8Array(message));
  }

  /** A data channel exists between verified peers alone. */
  trust(): void {
    return;
  }

  close(): void {
    this.#inbox.close();
  }

  kill(): void {
    this.#inbox.close();
  }

  /** A frame has arrived. */
  deliver(bytes: Uint8Array): void {
    if (this.isOpen) this.#inbox.deliver(bytes);
  }
}

/**
 * One data channel, for as long as the page has it. A side that has no keys, since it has just begun or its page was away for
 * a moment, says its nonce. The other one answers with its own nonce and the one that it answers, and so does whoever made
 * keys of two nonces: what follows is sealed with them. A side reads on where both are those of its own keys; what was
 * sealed with others is lost, and comes again on the new ones.
 */
class PageWire {
  readonly #session: CarriedSession;
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly #frames: TokenBucket;
  readonly #nonces: TokenBucket;
  readonly #own: Uint8Array<ArrayBuffer>;
  /** The peer's nonces that keys were made of with this side's, in hex: never twice of the same two. The last one counts. */
  readonly #theirs: string[] = [];
  #carrier: PageCarrier | null = null;
  /** Whether what the peer sends now is sealed with the keys that this side has. */
  #isAgreed = false;
  #isClosed = false;

  constructor(session: CarriedSession, carrierId: string, options: PageCarriersOptions) {
    const { clock, limits, random, send } = options;
    this.#session = session;
    this.#send = (bytes) => send(carrierId, bytes);
    const now = (): number => clock.monotonicMs();
    const { verifiedMessagesPerSecond, verifiedBurstMessages } = limits;
    this.#frames = new TokenBucket(verifiedMessagesPerSecond, verifiedBurstMessages, now);
    this.#nonces = new TokenBucket(NONCES_PER_SECOND, MAX_NONCES, now);
    this.#own = random(NONCE_BYTES);
    this.#send(this.#own);
  }

  /** A frame has arrived. */
  deliver(bytes: Uint8Array): void {
    if (this.#isClosed) return;
    const isOfKeys = bytes.length === NONCE_BYTES || bytes.length === 2 * NONCE_BYTES;
    if (!this.#frames.consume() || (isOfKeys && !this.#nonces.consume())) this.close();
    else if (isOfKeys) this.#handleNonces(bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES));
    else if (this.#isAgreed) this.#carrier?.deliver(bytes);
  }

  close(): void {
    this.#isClosed = true;
    this.#carrier?.kill();
  }

  /** @param ours the nonce of this side's that the peer answers; empty where it begins */
  #handleNonces(theirs: Uint8Array, ours: Uint8Array): void {
    const name = toHex(theirs);
    const isNew = !this.#theirs.includes(name);
    const isAnswer = toHex(ours) === toHex(this.#own);
    if (ours.length > 0) this.#isAgreed = isAnswer && (isNew || this.#theirs.at(-1) === name);
    else if (isNew) this.#isAgreed = false;
    if (isNew && (isAnswer || ours.length === 0)) this.#makeKeys(theirs);
  }

  /** Keys of what both sides know and of fresh random bytes of each, so that nothing of an earlier carrier opens on this one. */
  #makeKeys(theirs: Uint8Array): void {
    if (this.#session.ended.aborted || this.#theirs.length >= MAX_KEYS) return;
    this.#theirs.push(toHex(theirs));
    this.#send(concatBytes(this.#own, theirs));
    const { role, exporter } = this.#session;
    const [dialer, listener] = role === 'dialer' ? [this.#own, theirs] : [theirs, this.#own];
    this.#carrier = new PageCarrier(this.#send);
    const channel = carrierChannel(role, exporter, { dialer, listener });
    this.#session.attach(new SealedCarrier(this.#carrier, channel), null);
  }
}

/** The carriers that pages bring: the data channels of their peer links, sealed with keys of the session's. */
export class PageCarriers {
  readonly handlers: CarrierHandlers;
  readonly #wires = new Map<string, { wire: PageWire; stop: () => void }>();

  constructor(options: PageCarriersOptions) {
    this.handlers = {
      'carriers:open': ({ sessionId, carrierId }) => {
        const session = options.sessionOf(sessionId);
        if (!session.isVerified) throw new HitherError('not-verified');
        this.#close(carrierId);
        const stop = session.events.on('ended', () => this.#close(carrierId));
        this.#wires.set(carrierId, { wire: new PageWire(session, carrierId, options), stop });
        return {};
      },
      'carriers:frame': ({ carrierId, bytes }) => {
        // A view of what the page's socket brought, which is used again.
        this.#wires.get(carrierId)?.wire.deliver(bytes.slice());
        return {};
      },
      'carriers:close': ({ carrierId }) => {
        this.#close(carrierId);
        return {};
      },
    };
  }

  /** The page is gone, and its links with it. */
  pageGone(): void {
    for (const carrierId of [...this.#wires.keys()]) this.#close(carrierId);
  }

  #close(carrierId: string): void {
    const opened = this.#wires.get(carrierId);
    opened?.stop();
    opened?.wire.close();
    this.#wires.delete(carrierId);
  }
}
