import { Backoff, type BackoffTimes } from '../../shared/Backoff';
import { type ErrorCode, HitherError } from '../../shared/errors';
import { toHex } from '../../shared/ids';
import { parseMessage } from '../../shared/protocol/parseMessage';
import {
  type IceServer,
  RELAY_CLOSE_CODES,
  RELAY_VERSION,
  type RelayCloseReason,
  RelayMessage,
  type RelayRequest,
} from '../../shared/protocol/relay';
import { relaySocketUrl } from '../../shared/protocol/relayUrl';
import { TokenBucket } from '../../shared/TokenBucket';
import type { Cancel, Clock, OpenRelaySocket, Random, RelaySocket } from '../ports';
import { FrameNumbers } from './FrameNumbers';

/** Between the tries to reach a relay; each pause is drawn from its upper half, so that clients don't come all at once. */
const TIMES: BackoffTimes = { firstMs: 250, longestMs: 15_000 };
/** How long one try may take, in ms. */
const OPEN_TIMEOUT_MS = 10_000;
/** How long a relay may take to name its ICE servers, in ms: it knows them. */
const ICE_MS = 3_000;
/** Acknowledgements wait this long for company, in ms. */
const ACK_DELAY_MS = 20;
/** What is sent and not acknowledged for so long makes the relay be asked for a sign of life, in ms. */
const PROBE_MS = 4_000;
/** Three quarters of what a relay allows unless it is set otherwise (PROTOCOL.md §5). */
const FRAMES_PER_SECOND = 150;
const BURST_FRAMES = 300;
const BYTES_PER_SECOND = 384 * 1024;
const BURST_BYTES = 1.5 * 1024 * 1024;
/** What a relay that floods may send before it is left, frames a second and in a burst: ten times what it allows a member. */
const MAX_FRAMES_PER_SECOND = 2_000;

/** Ends of a membership that no further try changes, with what they mean here. */
const FINAL: Partial<Record<RelayCloseReason, ErrorCode>> = {
  crowded: 'mailbox-crowded',
  expired: 'invite-expired',
  gone: 'code-gone',
  replaced: 'connection-lost',
  'too-large': 'protocol-violation',
  'protocol-violation': 'protocol-violation',
  'too-many-attempts': 'mailbox-crowded',
  unsupported: 'relay-version',
};

/** How a mailbox is found; see `RelayRequest`. */
export type MailboxOpening =
  { type: 'allocate' } | { type: 'claim'; nameplate: string } | { type: 'join'; mailbox: string };

/** What a member of a mailbox hears. */
export interface MailboxReader {
  /** There is a place in the mailbox, the first time or again. @param nameplate only after `allocate` */
  onJoined?(joined: { mailbox: string; nameplate: string | null }): void;
  /** Whether messages get through now: this side is in the mailbox, and so is the other one. */
  onMeeting(isThere: boolean): void;
  /** The numbers began anew: what was under way in either direction is lost. */
  onReset(): void;
  onMessage(payload: Uint8Array): void;
  /** The relay can't be reached now; tries go on. */
  onTrouble?(error: HitherError): void;
  /** Over for good; called once, and not after `close` or `leave`. */
  onClosed(error: HitherError): void;
}

export interface MailboxOptions {
  /** A `RelayUrl`. */
  relayUrl: string;
  opening: MailboxOpening;
  /** 16 bytes as hex, for a mailbox that this device comes back to; a random one where nothing is said. */
  side?: string;
  /** Whether this side made the mailbox: others who hold both places are in its way for a while, and no end. */
  isOwner?: boolean;
  openSocket: OpenRelaySocket;
  clock: Clock;
  random: Random;
}

/**
 * A place in a mailbox of a relay, held over sockets that break: comes back by itself, repeats what was lost, and drops what
 * comes twice. What it moves is no business of its own.
 */
export class MailboxClient {
  readonly #options: MailboxOptions;
  readonly #reader: MailboxReader;
  readonly #side: string;
  readonly #backoff = new Backoff(TIMES);
  readonly #numbers = new FrameNumbers();
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  #incoming: TokenBucket;
  readonly #ended = new AbortController();
  #mailbox: string | null = null;
  #socket: RelaySocket | null = null;
  /** Whether the relay has given this socket its place. */
  #isJoined = false;
  #isPeerPresent = false;
  #isMeeting = false;
  #iceWaiters: ((answer: { servers: IceServer[]; ttlS: number } | null) => void)[] = [];
  #cancelIce: Cancel | null = null;
  #cancelPause: Cancel | null = null;
  #cancelAck: Cancel | null = null;
  #cancelFlush: Cancel | null = null;
  #cancelProbe: Cancel | null = null;

  constructor(options: MailboxOptions, reader: MailboxReader) {
    this.#options = options;
    this.#reader = reader;
    const { clock, random } = options;
    this.#side = options.side ?? toHex(random(16));
    const now = (): number => clock.monotonicMs();
    this.#frames = new TokenBucket(FRAMES_PER_SECOND, BURST_FRAMES, now);
    this.#bytes = new TokenBucket(BYTES_PER_SECOND, BURST_BYTES, now);
    this.#incoming = this.#newIncoming();
    void this.#open();
  }

  get relayUrl(): string {
    return this.#options.relayUrl;
  }

  /** Whether messages get through now. */
  get isMeeting(): boolean {
    return this.#isMeeting;
  }

  /** Sends a payload, of a byte at least, now or when there is a way; what waits when the numbers begin anew is lost. */
  send(payload: Uint8Array): void {
    if (this.#ended.signal.aborted) return;
    if (this.#numbers.push(payload)) this.#flush();
    else this.#finish(new HitherError('connection-lost'));
  }

  /** What peer links may use, with how long that is good; `null` where the relay does not say so within some seconds. */
  async ice(): Promise<{ servers: IceServer[]; ttlS: number } | null> {
    if (!this.#isJoined) return null;
    const isAsked = this.#iceWaiters.length > 0;
    const answer = new Promise<{ servers: IceServer[]; ttlS: number } | null>((resolve) => {
      this.#iceWaiters.push(resolve);
    });
    if (!isAsked) {
      this.#say({ type: 'ice' });
      this.#cancelIce = this.#options.clock.after(ICE_MS, () => this.#answerIce(null));
    }
    return answer;
  }

  /** The network has changed, or the peer was seen: tries at once, or looks whether the socket is alive. */
  hurry(): void {
    if (this.#socket !== null) this.#socket.probe();
    else if (this.#cancelPause !== null) {
      this.#cancelPause();
      this.#cancelPause = null;
      this.#backoff.reset();
      void this.#open();
    }
  }

  /** Gives the place up: it is free at once, and what was sent still arrives. */
  leave(): void {
    if (this.#isJoined) this.#say({ type: 'leave' });
    this.close();
  }

  /** Lets go; the relay holds the place for a while. */
  close(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    for (const cancel of [this.#cancelPause, this.#cancelAck, this.#cancelFlush, this.#cancelProbe])
      cancel?.();
    const socket = this.#socket;
    this.#lostSocket();
    socket?.close();
  }

  #newIncoming(): TokenBucket {
    const now = (): number => this.#options.clock.monotonicMs();
    return new TokenBucket(MAX_FRAMES_PER_SECOND, 2 * MAX_FRAMES_PER_SECOND, now);
  }

  async #open(): Promise<void> {
    const { relayUrl, openSocket, clock } = this.#options;
    const timeout = new AbortController();
    const cancel = clock.after(OPEN_TIMEOUT_MS, () =>
      timeout.abort(new HitherError('relay-unreachable', { relay: relayUrl })),
    );
    let current: RelaySocket | null = null;
    // What comes over a socket that is not the one in use is late.
    const ifCurrent = (action: () => void): void => {
      if (current !== null && current === this.#socket) action();
    };
    const reader = {
      onText: (text: string) => ifCurrent(() => this.#handleText(text)),
      onBytes: (bytes: Uint8Array) => ifCurrent(() => this.#handleBytes(bytes)),
      onClosed: (reason: string) => ifCurrent(() => this.#handleClosed(reason)),
    };
    try {
      const signal = AbortSignal.any([timeout.signal, this.#ended.signal]);
      current = await openSocket(relaySocketUrl(relayUrl), reader, signal);
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.#again(error instanceof HitherError ? error : new HitherError('internal', {}, error));
      return;
    } finally {
      cancel();
    }
    if (this.#ended.signal.aborted) {
      current.close();
      return;
    }
    this.#socket = current;
    this.#incoming = this.#newIncoming();
    this.#say(this.#request());
  }

  /** How this side takes its place, or takes it again. */
  #request(): RelayRequest {
    const opening = { version: RELAY_VERSION, side: this.#side };
    if (this.#mailbox === null && this.#options.opening.type !== 'join')
      return { ...this.#options.opening, ...opening };
    const mailbox =
      this.#mailbox ?? (this.#options.opening.type === 'join' ? this.#options.opening.mailbox : '');
    const { resume } = this.#numbers;
    return { type: 'join', ...opening, mailbox, ...(resume === undefined ? {} : { resume }) };
  }

  #say(request: RelayRequest): void {
    this.#socket?.send(JSON.stringify(request));
  }

  #handleText(text: string): void {
    const message = this.#incoming.consume() ? parseMessage(RelayMessage, text) : null;
    switch (message?.type) {
      case 'joined':
        this.#handleJoined(message);
        return;
      case 'peer':
        this.#begin(message.epoch);
        this.#isPeerPresent = message.isPresent;
        this.#tellMeeting();
        return;
      case 'repeat':
        for (const frame of this.#numbers.after(message.after)) this.#socket?.send(frame);
        return;
      case 'ice':
        this.#answerIce({ servers: message.servers, ttlS: message.ttlS });
        return;
      case 'draining':
        this.#moveWithin(message.withinMs);
        return;
      case undefined:
        this.#breakOff();
    }
  }

  #handleJoined(message: Extract<RelayMessage, { type: 'joined' }>): void {
    const { opening } = this.#options;
    // A relay that leads to another mailbox than the one that was asked for is broken, or lies.
    const known = this.#mailbox ?? (opening.type === 'join' ? opening.mailbox : null);
    if (known !== null && known !== message.mailbox) {
      this.#breakOff();
      return;
    }
    this.#mailbox = message.mailbox;
    this.#numbers.limits = message.limits;
    this.#isJoined = true;
    this.#backoff.reset();
    this.#begin(message.epoch);
    for (const frame of this.#numbers.after(message.received)) this.#socket?.send(frame);
    this.#reader.onJoined?.({ mailbox: message.mailbox, nameplate: message.nameplate });
    this.#isPeerPresent = message.isPeerPresent;
    this.#tellMeeting();
    this.#flush();
  }

  #begin(epoch: string): void {
    if (this.#numbers.begin(epoch)) this.#reader.onReset();
  }

  #handleBytes(bytes: Uint8Array): void {
    if (!this.#isJoined) return;
    const payload = this.#incoming.consume() ? this.#numbers.handle(bytes) : undefined;
    if (payload === undefined) {
      this.#breakOff();
      return;
    }
    if (payload === null) {
      this.#flush();
      return;
    }
    this.#cancelAck ??= this.#options.clock.after(ACK_DELAY_MS, () => {
      this.#cancelAck = null;
      const { acknowledgement } = this.#numbers;
      if (this.#isJoined && acknowledgement !== null) this.#socket?.send(acknowledgement);
    });
    this.#reader.onMessage(payload);
  }

  #handleClosed(reason: string): void {
    this.#lostSocket();
    const final = reason in RELAY_CLOSE_CODES ? FINAL[reason as RelayCloseReason] : undefined;
    const relay = this.#options.relayUrl;
    const isInTheWay = final === 'mailbox-crowded' && this.#options.isOwner === true;
    if (final !== undefined && !isInTheWay) this.#finish(new HitherError(final, { relay }));
    else if (isInTheWay) this.#again(new HitherError(final, { relay }));
    else this.#again(new HitherError('relay-unreachable', { relay, reason }));
  }

  /** What the relay says is no protocol: another try may find another one there. */
  #breakOff(): void {
    const socket = this.#socket;
    this.#lostSocket();
    socket?.close();
    this.#again(new HitherError('not-a-relay', { relay: this.#options.relayUrl }));
  }

  #lostSocket(): void {
    this.#socket = null;
    this.#isJoined = false;
    this.#isPeerPresent = false;
    this.#answerIce(null);
    this.#tellMeeting();
  }

  #again(error: HitherError): void {
    this.#reader.onTrouble?.(error);
    if (this.#ended.signal.aborted) return;
    const share = 0.5 + (this.#options.random(1)[0] ?? 0) / 512;
    this.#cancelPause = this.#options.clock.after(this.#backoff.next() * share, () => {
      this.#cancelPause = null;
      void this.#open();
    });
  }

  /** The relay goes down: comes back, to another process or later, at a moment of its own. */
  #moveWithin(withinMs: number): void {
    const socket = this.#socket;
    const share = (this.#options.random(1)[0] ?? 0) / 256;
    this.#options.clock.after(Math.min(withinMs, OPEN_TIMEOUT_MS) * share, () => {
      if (socket === null || socket !== this.#socket) return;
      this.#lostSocket();
      socket.close();
      this.#again(new HitherError('relay-unreachable', { relay: this.#options.relayUrl }));
    });
  }

  #finish(error: HitherError): void {
    if (this.#ended.signal.aborted) return;
    this.close();
    this.#reader.onClosed(error);
  }

  #tellMeeting(): void {
    const isMeeting = this.#isJoined && this.#isPeerPresent && !this.#ended.signal.aborted;
    if (isMeeting === this.#isMeeting) return;
    this.#isMeeting = isMeeting;
    if (!this.#ended.signal.aborted) this.#reader.onMeeting(isMeeting);
  }

  #answerIce(answer: { servers: IceServer[]; ttlS: number } | null): void {
    this.#cancelIce?.();
    this.#cancelIce = null;
    for (const resolve of this.#iceWaiters.splice(0)) resolve(answer);
  }

  /** Sends what the relay has room for, no faster than it wants. */
  #flush(): void {
    if (!this.#isJoined || this.#cancelFlush !== null) return;
    for (let bytes = this.#numbers.nextBytes; bytes > 0; bytes = this.#numbers.nextBytes) {
      // A frame beyond the burst would wait for ever.
      if (!this.#bytes.consume(Math.min(bytes, BURST_BYTES)) || !this.#frames.consume()) {
        this.#cancelFlush = this.#options.clock.after(20, () => {
          this.#cancelFlush = null;
          this.#flush();
        });
        break;
      }
      this.#socket?.send(this.#numbers.next());
    }
    if (this.#numbers.isWaiting) this.#probeLater();
  }

  /** Nobody notices a cut cable; what should have been acknowledged by now is a reason to ask. */
  #probeLater(): void {
    this.#cancelProbe ??= this.#options.clock.after(PROBE_MS, () => {
      this.#cancelProbe = null;
      if (!this.#numbers.isWaiting) return;
      this.#socket?.probe();
      this.#probeLater();
    });
  }
}
