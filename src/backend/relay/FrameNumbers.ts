import {
  encodeRelayAck,
  encodeRelayData,
  epochTag,
  type MailboxLimits,
  readRelayFrame,
  RELAY_HEADER_BYTES,
} from '../../shared/protocol/relay';

/** What a relay allows before it has said so: the least that any relay may be set to. */
const NO_ROOM: Pick<MailboxLimits, 'waitingFrames' | 'waitingBytes'> = { waitingFrames: 0, waitingBytes: 0 };

/**
 * Frames, and their bytes, that wait for acknowledgements at most, whatever a relay allows: one that never acknowledges would
 * have this side keep everything. Four times what a relay allows unless it is set otherwise.
 */
const MAX_WAITING_FRAMES = 2_048;
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** Bytes that may wait for a relay here; whoever has more to say to somebody who does not read is given up. */
const MAX_QUEUED_BYTES = 16 * 1024 * 1024;

/**
 * The numbers of one membership in a mailbox (PROTOCOL.md §5): what is sent is kept until it is acknowledged and repeated where
 * it was lost, what comes twice is dropped. Knows no socket and no time.
 */
export class FrameNumbers {
  #epoch: string | null = null;
  #limits = NO_ROOM;
  #sent = 0;
  /** Numbered, and not acknowledged. */
  #waiting: { number: number; frame: Uint8Array<ArrayBuffer> }[] = [];
  #waitingBytes = 0;
  /** Not numbered yet. */
  #queued: Uint8Array[] = [];
  #queuedBytes = 0;
  #received = 0;

  /** What has been received in which epoch; `undefined` before the first one. */
  get resume(): { epoch: string; received: number } | undefined {
    return this.#epoch === null ? undefined : { epoch: this.#epoch, received: this.#received };
  }

  /** Whether anything of this side's has not been acknowledged. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  set limits({ waitingBytes, waitingFrames }: Pick<MailboxLimits, 'waitingFrames' | 'waitingBytes'>) {
    this.#limits = {
      waitingFrames: Math.min(waitingFrames, MAX_WAITING_FRAMES),
      waitingBytes: Math.min(waitingBytes, MAX_WAITING_BYTES),
    };
  }

  /**
   * Both directions begin at 1 where this is another epoch than before.
   * @returns whether what was under way is lost with that
   */
  begin(epoch: string): boolean {
    if (epoch === this.#epoch) return false;
    const isFirst = this.#epoch === null;
    this.#epoch = epoch;
    this.#sent = 0;
    this.#received = 0;
    if (isFirst) return false;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#queued = [];
    this.#queuedBytes = 0;
    return true;
  }

  /** Queues a payload. @returns `false` where too much waits already */
  push(payload: Uint8Array): boolean {
    if (this.#queuedBytes + payload.length > MAX_QUEUED_BYTES) return false;
    this.#queued.push(payload);
    this.#queuedBytes += payload.length;
    return true;
  }

  /** The size of the next frame that may go; 0 where there is none, or the relay has no room for it. */
  get nextBytes(): number {
    const payload = this.#queued[0];
    if (payload === undefined || this.#epoch === null) return 0;
    const bytes = payload.length + RELAY_HEADER_BYTES;
    const { waitingFrames, waitingBytes } = this.#limits;
    const hasRoom = this.#waiting.length < waitingFrames && this.#waitingBytes + bytes <= waitingBytes;
    return hasRoom ? bytes : 0;
  }

  /** The next frame, after `nextBytes` has said that there is one. */
  next(): Uint8Array<ArrayBuffer> {
    const payload = this.#queued.shift() ?? new Uint8Array(1);
    this.#queuedBytes -= payload.length;
    const number = ++this.#sent;
    const frame = encodeRelayData(this.#tag, number, payload);
    this.#waiting.push({ number, frame });
    this.#waitingBytes += frame.length;
    return frame;
  }

  /** What is to be sent once more, as everything up to `number` has arrived. */
  after(number: number): Uint8Array<ArrayBuffer>[] {
    this.#forget(number);
    return this.#waiting.map(({ frame }) => frame);
  }

  /** The acknowledgement of what has come; `null` where nothing has. */
  get acknowledgement(): Uint8Array<ArrayBuffer> | null {
    return this.#received === 0 ? null : encodeRelayAck(this.#tag, this.#received);
  }

  /**
   * Handles a binary message of the relay's.
   * @returns the payload whose turn it is; `null` for acknowledgements, and for what is late; `undefined` for what no relay sends,
   *   such as a frame after a gap
   */
  handle(bytes: Uint8Array): Uint8Array | null | undefined {
    const head = readRelayFrame(bytes);
    if (head === null) return undefined;
    if (head.tag !== this.#tag) return null;
    if (head.kind === 'ack') {
      this.#forget(head.number);
      return null;
    }
    if (head.number <= this.#received) return null;
    if (head.number > this.#received + 1) return undefined;
    this.#received = head.number;
    return bytes.slice(RELAY_HEADER_BYTES);
  }

  get #tag(): number {
    return epochTag(this.#epoch ?? '00000000');
  }

  #forget(number: number): void {
    if (number > this.#sent) return;
    while ((this.#waiting[0]?.number ?? Number.POSITIVE_INFINITY) <= number)
      this.#waitingBytes -= this.#waiting.shift()?.frame.length ?? 0;
  }
}
