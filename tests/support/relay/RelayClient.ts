import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import {
  encodeRelayAck,
  encodeRelayData,
  epochTag,
  RELAY_CLOSE_CODES,
  RELAY_HEADER_BYTES,
  RELAY_VERSION,
  readRelayFrame,
  RelayMessage,
  type RelayRequest,
} from '../../../src/shared/protocol/relay';

export type JoinedMessage = Extract<RelayMessage, { type: 'joined' }>;
type Opening = Extract<RelayRequest, { side: string }>;
type Wish<O = Opening> = O extends Opening ? Omit<O, 'version' | 'side'> : never;

export interface RelayClientOptions {
  side?: string;
  /** Acknowledges what comes; `false` to do it by hand. */
  acknowledges?: boolean;
  /** Headers of the upgrade, such as an origin. */
  headers?: Record<string, string>;
}

export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** A client of a relay as PROTOCOL.md says: numbers, keeps and repeats what it sends, acknowledges and sifts what comes. */
export class RelayClient {
  readonly side: string;
  /** Payloads that came, once each. */
  readonly received: string[] = [];
  readonly messages: RelayMessage[] = [];
  /** How often something came that had come before. */
  repeats = 0;
  joined: JoinedMessage | null = null;
  isPeerPresent = false;
  /** The reason of the close frame, or its code where that is none of the relay's; `null` while the socket is open. */
  closedWith: string | null = null;
  #ws: WebSocket | null = null;
  readonly #options: RelayClientOptions;
  #epoch: string | null = null;
  #tag = 0;
  #sent = 0;
  #peerHas = 0;
  /** The last number that came. */
  #came = 0;
  #mailbox = '';
  #unacknowledged: Uint8Array[] = [];

  constructor(options: RelayClientOptions = {}) {
    this.#options = options;
    this.side = options.side ?? randomHex(16);
  }

  /** Connects only. @throws Error if the upgrade is refused */
  async connect(url: string): Promise<this> {
    const ws = new WebSocket(url, { perMessageDeflate: false, headers: this.#options.headers ?? {} });
    this.#ws = ws;
    this.closedWith = null;
    ws.on('message', (data, isBinary) => {
      if (ws !== this.#ws) return;
      if (isBinary) this.#handleFrame(data as Buffer);
      else this.#handleMessage(RelayMessage.parse(JSON.parse((data as Buffer).toString())));
    });
    ws.on('close', (code, reason) => {
      if (ws === this.#ws) this.closedWith = reason.toString() || String(code);
      const known = Object.entries(RELAY_CLOSE_CODES).find(([, number]) => number === code)?.[0];
      if (known !== undefined && known !== reason.toString())
        throw new Error(`${code} says ${reason.toString()}`);
    });
    await once(ws, 'open');
    ws.on('error', () => undefined);
    return this;
  }

  /** Connects and takes a place; resolves with what the relay says. @throws Error with the reason it closed for */
  async open(url: string, wish: Wish): Promise<JoinedMessage> {
    if (this.#ws === null || this.#ws.readyState !== WebSocket.OPEN) await this.connect(url);
    const ws = this.socket;
    this.joined = null;
    this.say({ ...wish, version: RELAY_VERSION, side: this.side });
    for (;;) {
      const came = await Promise.race([
        once(ws, 'message').then(() => 'message'),
        once(ws, 'close').then(() => 'close'),
      ]);
      const now = this.joined as JoinedMessage | null;
      if (now !== null) return now;
      if (came === 'close') throw new Error(String(this.closedWith));
    }
  }

  /** Comes back to its mailbox, with what it has had. */
  async resume(url: string): Promise<JoinedMessage> {
    const mailbox = this.#mailbox;
    return this.open(url, {
      type: 'join',
      mailbox,
      ...(this.#epoch === null ? {} : { resume: { epoch: this.#epoch, received: this.#came } }),
    });
  }

  get socket(): WebSocket {
    if (this.#ws === null) throw new Error('not connected');
    return this.#ws;
  }

  get isOpen(): boolean {
    return this.#ws?.readyState === WebSocket.OPEN;
  }

  /** How many frames the peer has not acknowledged. */
  get waiting(): number {
    return this.#unacknowledged.length;
  }

  say(request: RelayRequest): void {
    this.socket.send(JSON.stringify(request));
  }

  /** Sends a payload; where there is no socket, it goes out after the next `resume`. */
  send(payload: string | Uint8Array): void {
    this.#sent += 1;
    const frame = encodeRelayData(this.#tag, this.#sent, Buffer.from(payload));
    this.#unacknowledged.push(frame);
    if (this.isOpen) this.socket.send(frame);
  }

  /** Sends a frame that is numbered by hand, and is not kept. */
  sendRaw(number: number, payload: string): void {
    this.socket.send(encodeRelayData(this.#tag, number, Buffer.from(payload)));
  }

  /** Forgets what came after a number, as if it had been lost on its way. */
  forgetAfter(number: number): void {
    this.received.length -= this.#came - number;
    this.#came = number;
  }

  ack(number: number): void {
    this.socket.send(encodeRelayAck(this.#tag, number));
  }

  leave(): void {
    this.say({ type: 'leave' });
  }

  /** Loses the connection without a word. */
  async drop(): Promise<void> {
    const ws = this.socket;
    if (ws.readyState === WebSocket.CLOSED) return;
    ws.terminate();
    await once(ws, 'close');
  }

  #handleMessage(message: RelayMessage): void {
    this.messages.push(message);
    if (message.type === 'joined') {
      this.#mailbox = message.mailbox;
      this.joined = message;
      this.isPeerPresent = message.isPeerPresent;
      this.#beginEpoch(message.epoch);
      this.#repeatAfter(message.received);
    } else if (message.type === 'peer') {
      this.isPeerPresent = message.isPresent;
      this.#beginEpoch(message.epoch);
    } else if (message.type === 'repeat') this.#repeatAfter(message.after);
  }

  /** What nobody acknowledged is the business of whoever is above: here it is lost, as with any carrier that ends. */
  #beginEpoch(epoch: string): void {
    if (epoch === this.#epoch) return;
    const isFirst = this.#epoch === null;
    this.#epoch = epoch;
    this.#tag = epochTag(epoch);
    this.#came = 0;
    this.#peerHas = 0;
    if (isFirst) return;
    this.#sent = 0;
    this.#unacknowledged = [];
  }

  #repeatAfter(number: number): void {
    for (const frame of this.#unacknowledged)
      if ((readRelayFrame(frame)?.number ?? 0) > number) this.socket.send(frame);
  }

  #handleFrame(data: Buffer): void {
    const head = readRelayFrame(data);
    if (head?.tag !== this.#tag) throw new Error('no frame of this epoch');
    if (head.kind === 'ack') {
      this.#unacknowledged.splice(0, head.number - this.#peerHas);
      this.#peerHas = head.number;
    } else if (head.number <= this.#came) this.repeats += 1;
    else if (head.number > this.#came + 1) throw new Error(`${head.number} after ${this.#came}`);
    else {
      this.#came = head.number;
      this.received.push(data.subarray(RELAY_HEADER_BYTES).toString());
      if (this.#options.acknowledges !== false) this.ack(head.number);
    }
  }
}
