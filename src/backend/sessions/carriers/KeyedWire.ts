import { concatBytes } from '@noble/hashes/utils.js';
import { carrierChannel } from '../../../shared/identity/keySchedule';
import { toHex } from '../../../shared/ids';
import { TokenBucket } from '../../../shared/TokenBucket';
import type { Clock, Random } from '../../ports';
import type { Session } from '../Session';
import type { SessionLimits } from '../timings';
import type { Carrier, CarrierKind, CarrierMessage, CarrierReader, Route } from './Carrier';
import { CarrierInbox } from './CarrierInbox';
import { SealedCarrier } from './SealedCarrier';

/** Random bytes that each side adds to the keys of a carrier. Sealed frames are longer than two of those. */
const NONCE_BYTES = 16;
/** How often a peer may speak of keys, a second and in a burst: each may cost new ones, and all that is unacknowledged once more. */
const NONCES_PER_SECOND = 1;
const MAX_NONCES = 40;
/** Keys that one wire may have in all. */
const MAX_KEYS = 1_000;

/** The part of a session that its carriers need. */
export type CarriedSession = Pick<
  Session,
  'isVerified' | 'role' | 'exporter' | 'ended' | 'events' | 'attach'
>;

export interface KeyedWireOptions {
  session: CarriedSession;
  kind: CarrierKind;
  /** What follows from how it came about, at present; `null` where the session's route stays as it is. */
  route: () => Route | null;
  random: Random;
  clock: Clock;
  limits: SessionLimits;
  /** Hands a frame to the wire, for the peer. */
  send: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/** A wire as a carrier, from one agreement on keys to the next. */
class KeyedCarrier implements Carrier {
  readonly kind: CarrierKind;
  readonly #route: KeyedWireOptions['route'];
  readonly #inbox = new CarrierInbox();
  readonly #send: KeyedWireOptions['send'];

  constructor({ kind, route, send }: Pick<KeyedWireOptions, 'kind' | 'route' | 'send'>) {
    this.kind = kind;
    this.#route = route;
    this.#send = send;
  }

  get route(): Route | null {
    return this.#route();
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

  /** Its wire has limits of its own. */
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
 * A wire between two devices that have a session already, such as a data channel or a mailbox, for as long as it is there. A side
 * that has no keys, since it has just begun or was away for a moment, says its nonce. The other one answers with its own nonce and the one that it answers, and so does whoever made
 * keys of two nonces: what follows is sealed with them. A side reads on where both are those of its own keys; what was
 * sealed with others is lost, and comes again on the new ones.
 */
export class KeyedWire {
  readonly #options: KeyedWireOptions;
  readonly #frames: TokenBucket;
  readonly #nonces: TokenBucket;
  readonly #own: Uint8Array<ArrayBuffer>;
  /** The peer's nonces that keys were made of with this side's, in hex: never twice of the same two. The last one counts. */
  readonly #theirs: string[] = [];
  #carrier: KeyedCarrier | null = null;
  /** Whether what the peer sends now is sealed with the keys that this side has. */
  #isAgreed = false;
  #isClosed = false;

  constructor(options: KeyedWireOptions) {
    this.#options = options;
    const { clock, limits, random, send } = options;
    const now = (): number => clock.monotonicMs();
    const { verifiedMessagesPerSecond, verifiedBurstMessages } = limits;
    this.#frames = new TokenBucket(verifiedMessagesPerSecond, verifiedBurstMessages, now);
    this.#nonces = new TokenBucket(NONCES_PER_SECOND, MAX_NONCES, now);
    this.#own = random(NONCE_BYTES);
    send(this.#own);
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
    const { session, send } = this.#options;
    if (session.ended.aborted || this.#theirs.length >= MAX_KEYS) return;
    this.#theirs.push(toHex(theirs));
    send(concatBytes(this.#own, theirs));
    const { role, exporter } = session;
    const [dialer, listener] = role === 'dialer' ? [this.#own, theirs] : [theirs, this.#own];
    this.#carrier = new KeyedCarrier(this.#options);
    const channel = carrierChannel(role, exporter, { dialer, listener });
    session.attach(new SealedCarrier(this.#carrier, channel), null);
  }
}
