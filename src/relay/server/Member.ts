import type { WebSocket } from 'ws';
import { parseJson } from '../../shared/parseJson';
import {
  encodeRelayAck,
  epochTag,
  type MailboxLimits,
  MAX_RELAY_TEXT_BYTES,
  RELAY_CLOSE_CODES,
  type RelayCloseReason,
  type RelayMessage,
  RelayRequest,
  readRelayFrame,
  RELAY_VERSION,
} from '../../shared/protocol/relay';
import { TokenBucket } from '../../shared/TokenBucket';
import {
  type Joined,
  type MailboxMember,
  type MailboxStore,
  type Place,
  RelayRefusal,
} from '../mailboxes/MailboxStore';
import type { Counting } from '../mailboxes/WaitingBytes';
import type { RelayLimits } from '../settings/RelaySettings';
import type { RelayMetrics } from './RelayMetrics';

/** How long a client may take to answer our closing of its socket, in ms. */
const CLOSE_GRACE_MS = 2_000;
/** Answers to `ice`, a minute and at once: a page asks at its start and at each restart of ICE. */
const ICE_PER_MINUTE = 6;
const BURST_ICE = 4;
/** Texts that a member may send, a second and at once: its opening, `ice` and `leave`. */
const TEXTS_PER_SECOND = 1;
const BURST_TEXTS = 10;

/** What all members of a relay have in common. */
export interface MemberContext {
  store: MailboxStore;
  limits: RelayLimits;
  mailboxLimits: MailboxLimits;
  metrics: RelayMetrics;
  /** Whether this address may ask for one more nameplate now. */
  mayUseNameplate: (address: string) => boolean;
  /** @param host the address of this machine that the member came to */
  ice: (host: string) => Omit<Extract<RelayMessage, { type: 'ice' }>, 'type'>;
  onClosed: (member: Member, reason: RelayCloseReason | null) => void;
  onFault: (error: unknown) => void;
}

/** Who has opened a socket. */
export interface Caller {
  /** The address whose limits count, and what it is counted as. */
  address: string;
  countedAs: Counting;
  /** The address of this machine that was come to. */
  cameTo: string;
}

type Opening = Extract<RelayRequest, { side: string }>;
type Phase =
  { name: 'new' | 'joining' | 'closed' } | { name: 'joined'; place: Place; ice: TokenBucket | null };

/**
 * One socket of the relay's, from its upgrade to its end: says once which mailbox it wants, and then passes frames. The
 * relay calls `check` from time to time.
 */
export class Member implements MailboxMember {
  readonly #ws: WebSocket;
  readonly #address: string;
  readonly countedAs: Counting;
  readonly #cameTo: string;
  readonly #context: MemberContext;
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #texts = new TokenBucket(TEXTS_PER_SECOND, BURST_TEXTS);
  #phase: Phase = { name: 'new' };
  /** Until it has said what it wants; then, until its closing has to be over. */
  #deadline: NodeJS.Timeout | undefined;
  #heardMs = performance.now();
  #epoch: string | null = null;
  #tag = 0;
  /** The last number that was passed to the client, and the last that it has acknowledged. */
  #sent = 0;
  #acked = 0;
  /** When the oldest frame that waits for an acknowledgement was passed on. */
  #unackedSinceMs = 0;
  /** After which number a repeat was asked for last, so that each loss is told once. */
  #repeatedAfter: number | null = null;
  #reason: RelayCloseReason | null = null;

  constructor(ws: WebSocket, from: Caller, context: MemberContext) {
    this.#ws = ws;
    this.#address = from.address;
    this.countedAs = from.countedAs;
    this.#cameTo = from.cameTo;
    this.#context = context;
    const { bytesPerSecond, framesPerSecond } = context.limits;
    this.#frames = new TokenBucket(framesPerSecond, framesPerSecond * 2);
    this.#bytes = new TokenBucket(bytesPerSecond, bytesPerSecond * 4);
    this.#deadline = setTimeout(() => {
      this.end('silent');
    }, context.limits.openingMs);
    ws.on('message', (data, isBinary) => {
      this.#heardMs = performance.now();
      // `binaryType` stays "nodebuffer".
      if (isBinary) this.#handleBinary(data as Buffer);
      else this.#handleText(data as Buffer);
    });
    ws.on('pong', () => {
      this.#heardMs = performance.now();
    });
    ws.on('close', () => {
      this.#closed();
    });
    ws.on('error', (error) => {
      // `ws` closes the socket itself, with 1009 for a message beyond `maxPayload` and 1002 or 1007 for garbage.
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
      this.#reason ??= isTooLarge ? 'too-large' : 'protocol-violation';
    });
  }

  /** Looks after it: pings, and ends it where it is silent or slow. */
  check(): void {
    const { limits } = this.#context;
    const now = performance.now();
    if (now - this.#heardMs > limits.silenceMs) this.end('silent');
    else if (this.#acked < this.#sent && now - this.#unackedSinceMs > limits.unacknowledgedMs)
      this.end('slow-reader');
    else if (this.#ws.readyState === this.#ws.OPEN) this.#ws.ping();
  }

  /** Tells the client to go elsewhere. */
  drain(withinMs: number): void {
    this.#say({ type: 'draining', withinMs });
  }

  /** Closes the socket; its side may come again. */
  end(reason: RelayCloseReason): void {
    if (this.#phase.name === 'closed') return;
    if (this.#phase.name === 'joined') this.#phase.place.moveAway();
    this.#close(reason);
  }

  handleFrame(frame: Uint8Array): void {
    const head = readRelayFrame(frame);
    if (head === null) return;
    if (this.#acked >= this.#sent) this.#unackedSinceMs = performance.now();
    this.#sent = head.number;
    this.#ws.send(frame);
    if (this.#ws.bufferedAmount > this.#context.limits.unreadBytes) this.end('slow-reader');
  }

  handleAck(number: number): void {
    this.#ws.send(encodeRelayAck(this.#tag, number));
  }

  handlePeer(isPresent: boolean, epoch: string): void {
    if (epoch !== this.#epoch) this.#beginEpoch(epoch);
    this.#say({ type: 'peer', isPresent, epoch });
  }

  handleRepeat(after: number): void {
    if (this.#repeatedAfter === after) return;
    this.#repeatedAfter = after;
    this.#say({ type: 'repeat', after });
  }

  handleEnd(reason: RelayCloseReason): void {
    this.#close(reason);
  }

  #beginEpoch(epoch: string): void {
    this.#epoch = epoch;
    this.#tag = epochTag(epoch);
    this.#sent = 0;
    this.#acked = 0;
    this.#repeatedAfter = null;
  }

  #say(message: RelayMessage): void {
    if (this.#ws.readyState === this.#ws.OPEN) this.#ws.send(JSON.stringify(message));
  }

  #handleText(data: Buffer): void {
    if (this.#phase.name === 'closed') return;
    const request =
      data.length > MAX_RELAY_TEXT_BYTES ? null : parseJson(RelayRequest, data.toString('utf8'));
    if (request === null) this.end('protocol-violation');
    else if (!this.#texts.consume()) this.end('too-fast');
    else if ('side' in request) void this.#open(request);
    else if (this.#phase.name !== 'joined') this.end('protocol-violation');
    else if (request.type === 'leave') {
      this.#phase.place.leave();
      this.#phase = { name: 'closed' };
      this.#ws.close(1000);
      this.#terminateLater();
    } else this.#answerIce(this.#phase);
  }

  #answerIce(phase: Extract<Phase, { name: 'joined' }>): void {
    phase.ice ??= new TokenBucket(ICE_PER_MINUTE / 60, BURST_ICE);
    if (phase.ice.consume()) this.#say({ type: 'ice', ...this.#context.ice(this.#cameTo) });
    else this.end('too-fast');
  }

  async #open(opening: Opening): Promise<void> {
    if (this.#phase.name !== 'new') this.end('protocol-violation');
    else if (opening.version !== RELAY_VERSION) this.end('unsupported');
    else if (opening.type !== 'join' && !this.#context.mayUseNameplate(this.#address)) this.end('too-fast');
    else {
      this.#phase = { name: 'joining' };
      try {
        this.#begin(opening, await this.#join(opening));
      } catch (error) {
        if (!(error instanceof RelayRefusal)) this.#context.onFault(error);
        this.end(error instanceof RelayRefusal ? error.reason : 'unavailable');
      }
    }
  }

  #join(opening: Opening): Promise<Joined> {
    const { store } = this.#context;
    if (opening.type === 'allocate') return store.allocate(opening.side, this);
    if (opening.type === 'claim') return store.claim(opening.nameplate, opening.side, this);
    return store.join(opening.mailbox, opening.side, opening.resume ?? null, this);
  }

  #begin(opening: Opening, { place, ...joined }: Joined): void {
    // It may have gone, or been sent away, in the meantime.
    if (this.#phase.name !== 'joining') {
      place.moveAway();
      return;
    }
    this.#phase = { name: 'joined', place, ice: null };
    this.#stopDeadline();
    this.#beginEpoch(joined.epoch);
    this.#context.metrics.countJoin(opening.type);
    this.#say({ type: 'joined', ...joined, limits: this.#context.mailboxLimits });
    place.start();
  }

  #handleBinary(data: Buffer): void {
    if (this.#phase.name === 'closed') return;
    const head = readRelayFrame(data);
    if (head === null || this.#phase.name !== 'joined') {
      this.end('protocol-violation');
      return;
    }
    const { limits, metrics } = this.#context;
    // It was sent before the client heard that both begin anew.
    if (head.tag !== this.#tag) return;
    if (data.length > limits.frameBytes) this.end('too-large');
    else if (!this.#frames.consume() || !this.#bytes.consume(data.length)) this.end('too-fast');
    else if (head.kind === 'ack') {
      this.#acked = Math.max(this.#acked, head.number);
      this.#unackedSinceMs = performance.now();
      this.#phase.place.ack(head.number);
    } else {
      metrics.countFrame(data.length);
      if (this.#repeatedAfter !== null && head.number === this.#repeatedAfter + 1) this.#repeatedAfter = null;
      // What arrives is a view of a large buffer of the socket's, which a frame that waits would keep alive.
      const frame = new Uint8Array(data.length);
      frame.set(data);
      this.#phase.place.append(head.number, frame);
    }
  }

  /** The timer would keep what the socket was opened with. */
  #stopDeadline(): void {
    clearTimeout(this.#deadline);
    this.#deadline = undefined;
  }

  #close(reason: RelayCloseReason): void {
    if (this.#phase.name === 'closed') return;
    this.#phase = { name: 'closed' };
    this.#reason ??= reason;
    this.#ws.close(RELAY_CLOSE_CODES[reason], reason);
    this.#terminateLater();
  }

  /** A client that does not read would keep what waits for it. */
  #terminateLater(): void {
    this.#stopDeadline();
    this.#deadline = setTimeout(() => this.#ws.terminate(), CLOSE_GRACE_MS).unref();
  }

  #closed(): void {
    this.#stopDeadline();
    if (this.#phase.name === 'joined') this.#phase.place.moveAway();
    this.#phase = { name: 'closed' };
    this.#context.onClosed(this, this.#reason);
  }
}
