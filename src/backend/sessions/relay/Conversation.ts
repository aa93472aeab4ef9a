import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { SESSION_LIMITS } from '../../../shared/protocol/lan';
import type { Carrier, CarrierMessage, CarrierReader, Route } from '../carriers/Carrier';
import { CarrierInbox } from '../carriers/CarrierInbox';

/** Kinds of what two members of a door say; whoever began the conversation says the lower half. */
const KINDS = { begin: 1, text: 2, bytes: 3, end: 4 } as const;
type Kind = keyof typeof KINDS;
/** Added where it is the other one's conversation. */
const ANSWER = 0x10;
/** Kind and number of the conversation. */
const HEAD_BYTES = 5;

/** One message of a conversation. */
export interface DoorMessage {
  kind: Kind;
  /** Whether the sender answers, and did not begin. */
  isAnswer: boolean;
  conversation: number;
  body: Uint8Array;
}

/** Reads what came through a door, or `null` where it is none of these. Never throws. */
export function readDoorMessage(payload: Uint8Array): DoorMessage | null {
  if (payload.length < HEAD_BYTES) return null;
  const [first = 0] = payload;
  const kind = (Object.keys(KINDS) as Kind[]).find((each) => KINDS[each] === (first & ~ANSWER));
  if (kind === undefined) return null;
  const conversation = new DataView(payload.buffer, payload.byteOffset).getUint32(1);
  return { kind, isAnswer: (first & ANSWER) !== 0, conversation, body: payload.subarray(HEAD_BYTES) };
}

/** Makes a message of a conversation. */
function encodeDoorMessage({ kind, isAnswer, conversation, body }: DoorMessage): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(HEAD_BYTES);
  head[0] = KINDS[kind] | (isAnswer ? ANSWER : 0);
  new DataView(head.buffer).setUint32(1, conversation);
  return concatBytes(head, body);
}

/** Largest text of a handshake, in bytes; what comes before somebody is known is no longer than that. */
const MAX_TEXT_BYTES = 8 * 1024;

export interface ConversationOptions {
  conversation: number;
  /** Whether the other one began. */
  isAnswer: boolean;
  route: Route;
  send: (payload: Uint8Array<ArrayBuffer>) => void;
  onClosed: () => void;
}

/** What two members say to each other at a door, as a carrier: a handshake, and a session until it has a mailbox of its own. */
export class Conversation implements Carrier {
  readonly kind = 'door';
  /** Set anew before anybody reads, when the relay has said which ICE servers there are. */
  route: Route;
  readonly number: number;
  readonly #options: ConversationOptions;
  readonly #inbox = new CarrierInbox(SESSION_LIMITS.maxStrangerBytes);

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.route = options.route;
    this.number = options.conversation;
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
    if (!this.isOpen) return;
    if (typeof message === 'string') this.#say('text', utf8ToBytes(message));
    else this.#say('bytes', message);
  }

  /** The relay's own limits are below those of a verified peer. */
  trust(): void {
    return;
  }

  /** Says goodbye; what was sent before still arrives. */
  close(): void {
    if (this.isOpen) this.#say('end', new Uint8Array());
    this.lost();
  }

  kill(): void {
    this.close();
  }

  /** Says the first thing. */
  begin(): void {
    this.#say('begin', new Uint8Array());
  }

  /** A message of this conversation has arrived. */
  handle({ kind, body }: DoorMessage): void {
    if (!this.isOpen) return;
    const isText = kind === 'text' && body.length <= MAX_TEXT_BYTES;
    if (kind !== 'bytes' && !isText) this.lost();
    // Whoever is read says no more in one go than a stranger may in all.
    else if (!this.#inbox.deliver(isText ? new TextDecoder().decode(body) : body)) this.drop();
  }

  /** Another conversation has taken its place, or nobody wants to hear it: what it said and nobody has read is gone as well. */
  drop(): void {
    this.#inbox.clear();
    this.lost();
  }

  /** The mailbox is no more, or the other one has said goodbye. */
  lost(): void {
    if (!this.isOpen) return;
    this.#inbox.close();
    this.#options.onClosed();
  }

  #say(kind: Kind, body: Uint8Array): void {
    const { conversation, isAnswer, send } = this.#options;
    send(encodeDoorMessage({ kind, isAnswer, conversation, body }));
  }
}
