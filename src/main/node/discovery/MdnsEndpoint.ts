import { AUTHORITATIVE_ANSWER, encode, type Packet } from 'dns-packet';
import type { RemoteInfo, Socket } from 'node:dgram';
import type { OwnAddress } from '../net/networkInterfaces';
import { type Advertisement, isAskedFor, type MdnsRecord, recordsOf, SERVICE } from './advertisement';
import { type Announcement, readResponse } from './announcement';
import { MDNS_GROUP, MDNS_PORT, openMulticastSocket } from './openMulticastSocket';
import { readPacket } from './readPacket';

/** Pauses before an announcement is said again, in ms: the first may be lost (RFC 6762 §8.3). */
const REPEAT_PAUSES_MS = [1_000, 2_000] as const;
/** An answer waits between these, in ms, so that not all devices answer at once; it is one for all who asked by then. */
const MIN_ANSWER_MS = 20;
const MAX_ANSWER_MS = 120;

export interface MdnsListener {
  onSeen(announcement: Announcement, own: OwnAddress): void;
  onGoodbye(deviceId: string): void;
}

/**
 * Announces this device on one interface and hears of others there (RFC 6762, RFC 6763). Remembers nothing of what it
 * hears, and sends to the group alone: nobody can have it write to a third machine.
 */
export class MdnsEndpoint {
  readonly own: OwnAddress;
  readonly #socket: Socket;
  readonly #listener: MdnsListener;
  #records: MdnsRecord[] = [];
  #repeatTimer: NodeJS.Timeout | undefined;
  #answerTimer: NodeJS.Timeout | undefined;

  private constructor(own: OwnAddress, socket: Socket, listener: MdnsListener) {
    this.own = own;
    this.#socket = socket;
    this.#listener = listener;
    socket.on('message', this.#handle.bind(this));
    // An interface that goes away is noticed where interfaces are followed.
    socket.on('error', () => undefined);
  }

  /**
   * Joins the group on one interface.
   * @throws Error of the system if multicast doesn't work there
   */
  static async open(own: OwnAddress, listener: MdnsListener): Promise<MdnsEndpoint> {
    return new MdnsEndpoint(own, await openMulticastSocket(own), listener);
  }

  /** Announces the device, again with new facts; its name holds 128 random bits, so nobody else has it. */
  announce(advertisement: Advertisement): void {
    this.#records = recordsOf(advertisement);
    clearTimeout(this.#repeatTimer);
    this.#repeat(0);
  }

  /** Withdraws the announcement; resolves when that is said. */
  async goodbye(): Promise<void> {
    const gone = this.#records.map((record) => ({ ...record, ttl: 0 }));
    this.#records = [];
    this.#stopTimers();
    if (gone.length > 0) await this.#respond(gone);
  }

  /** Asks who is there. */
  query(): void {
    void this.#send({ type: 'query', questions: [{ type: 'PTR', name: SERVICE }] });
  }

  /** Leaves the group, without a word. */
  close(): void {
    this.#stopTimers();
    this.#socket.close();
  }

  #handle(bytes: Buffer, { address, port }: RemoteInfo): void {
    // From another port come forgeries and resolvers that are none of mDNS.
    const packet = port === MDNS_PORT ? readPacket(bytes) : null;
    if (packet?.type === 'query') {
      if (isAskedFor(this.#records, packet)) this.#answer();
    } else if (packet !== null) {
      const { announcements, goodbyes } = readResponse(packet, address);
      for (const announcement of announcements) this.#listener.onSeen(announcement, this.own);
      for (const deviceId of goodbyes) this.#listener.onGoodbye(deviceId);
    }
  }

  #answer(): void {
    this.#answerTimer ??= setTimeout(
      () => {
        this.#answerTimer = undefined;
        void this.#respond(this.#records);
      },
      MIN_ANSWER_MS + Math.random() * (MAX_ANSWER_MS - MIN_ANSWER_MS),
    );
  }

  #repeat(round: number): void {
    void this.#respond(this.#records);
    const pauseMs = REPEAT_PAUSES_MS[round];
    if (pauseMs === undefined) return;
    this.#repeatTimer = setTimeout(() => {
      this.#repeat(round + 1);
    }, pauseMs);
  }

  #stopTimers(): void {
    clearTimeout(this.#repeatTimer);
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
  }

  /** All records at once: they are few, and who asks for one needs the others next. */
  async #respond(answers: MdnsRecord[]): Promise<void> {
    await this.#send({ type: 'response', flags: AUTHORITATIVE_ANSWER, answers });
  }

  /** Resolves when the packet is sent, or can't be: what was lost is said again. */
  async #send(packet: Packet): Promise<void> {
    await new Promise((resolve) => {
      this.#socket.send(encode(packet), MDNS_PORT, MDNS_GROUP[this.own.family], resolve);
    });
  }
}
