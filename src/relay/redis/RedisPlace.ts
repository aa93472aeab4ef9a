import { ErrorReply } from '@redis/client';
import { readRelayFrame, type RelayCloseReason } from '../../shared/protocol/relay';
import type { MailboxBounds } from '../mailboxes/limits';
import type { MailboxMember, Place } from '../mailboxes/MailboxStore';
import type { Counting } from '../mailboxes/WaitingBytes';
import { type BusMessage, isReason } from './busMessage';
import type { ScriptArgument, ScriptReply } from './RedisLink';
import type { ScriptName } from './scripts';

/** What a place asks of the store that has it. */
export interface PlaceHost {
  readonly bounds: MailboxBounds;
  /** Runs a script on the mailbox. */
  run(mailbox: string, script: ScriptName, args: readonly ScriptArgument[]): Promise<ScriptReply>;
  /** The place is given up. */
  forget(place: RedisPlace): void;
  /** Has a frame from an address wait. @returns whether it may */
  reserve(from: Counting, bytes: number): boolean;
  release(from: Counting, bytes: number): void;
  /** The place is over, and what waits from it goes on doing so for a while. */
  releaseLater(from: Counting, bytes: readonly number[]): void;
  /** The store could not be told: to be tried again once it is back. */
  tellLater(tell: () => Promise<unknown>): void;
}

/** How a place begins: what the script `join` has said. */
export interface PlaceStart {
  slot: number;
  epoch: string;
  /** Last number that the member has had, and the last of its own that the peer has. */
  received: number;
  peerHas: number;
  /** The last of its own that Redis has. */
  accepted: number;
  nameplate: string | null;
}

/**
 * A member's place in a mailbox in Redis. Redis has every frame until it is acknowledged; what it publishes is only the
 * quick way: whatever gets lost there is read from the mailbox, and what Redis loses is asked of the client again.
 */
export class RedisPlace implements Place {
  readonly mailbox: string;
  readonly number: number;
  readonly #side: string;
  readonly #presence: string;
  readonly #member: MailboxMember;
  readonly #host: PlaceHost;
  /** Messages that came before the member could be told. */
  #early: BusMessage[] | null = [];
  #slot = 0;
  #epoch = '';
  /** Last number that the member was given, and the last that it has acknowledged. */
  #given = 0;
  #acked = 0;
  /** Last number of the member's that the peer has. */
  #peerHas = 0;
  /** Lengths of the member's frames that wait and came over this socket: those of the numbers from `#firstWaiting` on. */
  #waiting: number[] = [];
  #firstWaiting = 1;
  #nameplate: string | null = null;
  #isReading = false;
  /** How often something came while it was read. */
  #cameMeanwhile = 0;
  /** Redis has forgotten this place, or can't be reached. */
  #isLost = false;
  #isRestoring = false;
  #isOver = false;

  /** @param number tells the members of a process apart @param presence names this one in Redis */
  constructor(
    { mailbox, number, presence, side }: { mailbox: string; number: number; presence: string; side: string },
    member: MailboxMember,
    host: PlaceHost,
  ) {
    this.mailbox = mailbox;
    this.number = number;
    this.#presence = presence;
    this.#side = side;
    this.#member = member;
    this.#host = host;
  }

  get hasNameplate(): boolean {
    return this.#nameplate !== null;
  }

  /** Redis has given the place. */
  begin({ accepted, epoch, nameplate, peerHas, received, slot }: PlaceStart): void {
    this.#firstWaiting = accepted + 1;
    this.#slot = slot;
    this.#epoch = epoch;
    this.#given = received;
    this.#acked = received;
    this.#peerHas = peerHas;
    this.#nameplate = nameplate;
  }

  start(): void {
    if (this.#isOver) return;
    if (this.#peerHas > 0) this.#member.handleAck(this.#peerHas);
    const early = this.#early ?? [];
    this.#early = null;
    for (const message of early) this.handle(message);
    void this.#read();
  }

  /** What Redis published for this member. */
  handle(message: BusMessage): void {
    if (this.#isOver) return;
    if (this.#early !== null) {
      if (message.type === 'end') this.#end(message.reason);
      else this.#early.push(message);
    } else if (message.type === 'frame') this.#handleFrame(message.frame);
    else if (message.type === 'ack') this.#handleAck(message.number);
    else if (message.type === 'peer') this.#handlePeer(message.isPresent, message.epoch);
    else this.#end(message.reason);
  }

  append(number: number, frame: Uint8Array): void {
    // The client keeps it, and is asked for it again.
    if (this.#isOver || this.#isLost) return;
    if (!this.#reserve(number, frame.length)) {
      this.#dismiss('full');
      return;
    }
    const { waitingBytes, waitingFrames } = this.#host.bounds;
    const args = [this.#epoch, number, waitingFrames, waitingBytes, frame];
    void this.#run('append', args, ([, accepted], word) => {
      if (word === 'gap') this.#releaseAfter(Number(accepted));
      if (word === 'gap') this.#member.handleRepeat(Number(accepted));
    });
  }

  ack(number: number): void {
    if (this.#isOver || number <= this.#acked) return;
    if (number > this.#given) {
      this.moveAway();
      this.#member.handleEnd('protocol-violation');
      return;
    }
    this.#acked = number;
    if (!this.#isLost) void this.#run('acknowledge', [this.#epoch, number]);
  }

  moveAway(): void {
    this.#go('away');
  }

  leave(): void {
    this.#go('leave');
  }

  /** Renews the lease, and makes up for whatever was not heard. */
  async renew(): Promise<void> {
    if (this.#isOver || this.#early !== null) return;
    if (this.#isLost) {
      await this.restore();
      return;
    }
    await this.#run('renew', [], ([, epoch, hasPeer, peerHas, sent]) => {
      if (String(epoch) !== this.#epoch) this.#handlePeer(hasPeer === 1, String(epoch));
      this.#handleAck(Number(peerHas));
      if (Number(sent) > this.#given) void this.#read();
    });
  }

  /** Puts the member back into a Redis that may have forgotten it. */
  async restore(): Promise<void> {
    if (this.#isOver || this.#early !== null) return;
    if (this.#isRestoring) return;
    this.#isRestoring = true;
    this.#isLost = true;
    const args = [
      this.#side,
      this.#epoch,
      this.#peerHas,
      this.#acked,
      this.#nameplate ?? '',
      this.#host.bounds.nameplateMs,
    ];
    await this.#run('restore', args, ([, accepted, hasPeer, peerHas]) => {
      this.#isLost = false;
      this.#releaseAfter(Number(accepted));
      this.#handleAck(Number(peerHas));
      this.#member.handlePeer(hasPeer === 1, this.#epoch);
      this.#member.handleRepeat(Number(accepted));
      void this.#read();
    });
    this.#isRestoring = false;
  }

  #go(how: 'away' | 'leave'): void {
    if (this.#isOver) return;
    this.#over();
    const tell = (): Promise<unknown> =>
      this.#host.run(this.mailbox, 'go', [this.#slot, this.#presence, how]);
    tell().catch(() => {
      this.#host.tellLater(tell);
    });
  }

  #handleFrame(frame: Uint8Array): void {
    const number = readRelayFrame(frame)?.number ?? 0;
    if (number <= this.#given) return;
    if (this.#isReading || number > this.#given + 1) void this.#read();
    else {
      this.#given = number;
      this.#member.handleFrame(frame);
    }
  }

  #handleAck(number: number): void {
    if (number <= this.#peerHas) return;
    this.#release(this.#waiting.splice(0, Math.max(0, number + 1 - this.#firstWaiting)));
    this.#firstWaiting = Math.max(this.#firstWaiting, number + 1);
    this.#peerHas = number;
    this.#member.handleAck(number);
  }

  #handlePeer(isPresent: boolean, epoch: string): void {
    this.#nameplate = isPresent ? null : this.#nameplate;
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#releaseAfter(0);
      this.#given = 0;
      this.#acked = 0;
      this.#peerHas = 0;
    }
    this.#member.handlePeer(isPresent, epoch);
  }

  /** Gives the member what waits for it, until nothing does. */
  async #read(): Promise<void> {
    if (this.#isReading) {
      this.#cameMeanwhile += 1;
      return;
    }
    this.#isReading = true;
    try {
      while (await this.#readSome());
    } finally {
      this.#isReading = false;
    }
  }

  /** Whether there may be more. */
  async #readSome(): Promise<boolean> {
    if (this.#isOver || this.#isLost) return false;
    const [before, epoch, came] = [this.#given, this.#epoch, this.#cameMeanwhile];
    await this.#run('read', [epoch, before], ([, ...frames]) => {
      for (const frame of frames) if (epoch === this.#epoch) this.#give(frame as Buffer);
    });
    return this.#cameMeanwhile > came || this.#given > before;
  }

  #give(frame: Buffer): void {
    const number = readRelayFrame(frame)?.number ?? 0;
    if (this.#isOver || number !== this.#given + 1) return;
    this.#given = number;
    this.#member.handleFrame(frame);
  }

  /** Runs a script for this place; `done` gets its answer where it is one. */
  async #run(
    script: ScriptName,
    args: readonly ScriptArgument[],
    done?: (reply: ScriptReply, word: string) => void,
  ): Promise<void> {
    try {
      const reply = await this.#host.run(this.mailbox, script, [this.#slot, this.#presence, ...args]);
      const word = String(reply[0]);
      if (this.#isOver || word === 'late') return;
      if (word === 'lost') await this.restore();
      else if (isReason(word)) this.#dismiss(word);
      else done?.(reply, word);
    } catch (error) {
      // Redis says no, as when it is out of memory; else it can't be reached, and is told once it is back.
      if (error instanceof ErrorReply) this.#dismiss('unavailable');
      else this.#isLost = true;
    }
  }

  /** The side may come again. */
  #dismiss(reason: RelayCloseReason): void {
    if (this.#isOver) return;
    this.moveAway();
    this.#member.handleEnd(reason);
  }

  #end(reason: RelayCloseReason): void {
    this.#over();
    this.#member.handleEnd(reason);
  }

  /** Counts a frame once, however often it comes. @returns whether it may wait */
  #reserve(number: number, bytes: number): boolean {
    // What comes after a gap is dropped, and what the peer has waits no longer.
    if (number !== this.#firstWaiting + this.#waiting.length) return true;
    if (!this.#host.reserve(this.#member.countedAs, bytes)) return false;
    this.#waiting.push(bytes);
    return true;
  }

  /** Redis has no more than this of what the member has sent. */
  #releaseAfter(number: number): void {
    this.#release(this.#waiting.splice(Math.max(0, number + 1 - this.#firstWaiting)));
    this.#firstWaiting = Math.min(this.#firstWaiting, number + 1);
  }

  #release(waiting: readonly number[]): void {
    for (const bytes of waiting) this.#host.release(this.#member.countedAs, bytes);
  }

  #over(): void {
    this.#host.releaseLater(this.#member.countedAs, this.#waiting.splice(0));
    this.#isOver = true;
    this.#host.forget(this);
  }
}
