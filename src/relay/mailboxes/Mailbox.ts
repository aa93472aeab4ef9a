import { TokenBucket } from '../../shared/TokenBucket';
import type { RelayCloseReason } from '../../shared/protocol/relay';
import type { MailboxBounds } from './limits';
import { type Joined, type MailboxMember, type Place, RelayRefusal, type Resume } from './MailboxStore';
import type { Counting } from './WaitingBytes';

/** What a mailbox in memory asks of the store that has it. */
export interface MailboxHost {
  readonly bounds: MailboxBounds;
  /** A clock in ms that never goes back. */
  now(): number;
  newEpoch(): string;
  /**
   * Has a frame of so many bytes wait, from an address.
   * @returns why it may not: `full` where too much of that address waits already, `unavailable` where too much does in all
   */
  reserve(from: Counting, bytes: number): 'full' | 'unavailable' | null;
  release(from: Counting, bytes: number): void;
  /** Somebody came to a place or went, or something waits for it, or nothing any more. */
  waitingChanged(slot: Slot, mailbox: Mailbox): void;
  /** A place began or ended to be away. */
  awayChanged(slot: Slot, mailbox: Mailbox): void;
  /** Two have been there: the nameplate is free. */
  freeNameplate(mailbox: Mailbox): void;
  /** Nobody holds a place any more. */
  removeMailbox(mailbox: Mailbox): void;
}

/** A frame that was not acknowledged, and the address it came from. */
interface Waiting {
  readonly frame: Uint8Array;
  readonly from: Counting;
}

/** One of the two places. */
export interface Slot {
  /** Whose it is, or `null` where nobody holds it. */
  side: string | null;
  /** Somebody had it before: whoever comes new begins a new epoch. */
  wasUsed: boolean;
  member: MailboxMember | null;
  isStarted: boolean;
  /** Since when its side is away; `null` where it is here or nobody holds it. */
  awaySinceMs: number | null;
  /** Last number that came from here. */
  accepted: number;
  /** Last number that was acknowledged from here. */
  acked: number;
  /** Frames for here that were not acknowledged; the numbers from `acked` + 1 on. */
  waiting: Waiting[];
  waitingBytes: number;
}

const newSlot = (): Slot => ({
  side: null,
  wasUsed: false,
  member: null,
  isStarted: false,
  awaySinceMs: null,
  accepted: 0,
  acked: 0,
  waiting: [],
  waitingBytes: 0,
});

/** A mailbox in memory: the rules of PROTOCOL.md, "Relay". */
export class Mailbox {
  readonly id: string;
  nameplate: string | null;
  readonly #host: MailboxHost;
  readonly #slots: readonly [Slot, Slot] = [newSlot(), newSlot()];
  #epoch: string;
  #attempts: TokenBucket | null = null;

  constructor(id: string, nameplate: string | null, host: MailboxHost) {
    this.id = id;
    this.nameplate = nameplate;
    this.#host = host;
    this.#epoch = host.newEpoch();
  }

  /**
   * Gives a side its place.
   * @throws RelayRefusal `crowded`, `too-many-attempts`
   */
  join(side: string, resume: Resume | null, member: MailboxMember): Joined {
    const known = this.#slots.find((slot) => slot.side === side);
    const slot = known ?? this.#freeSlot();
    const peer = this.#otherThan(slot);
    if (known) this.#comeBack(known, resume);
    else if (slot.wasUsed) this.#reset();
    slot.member?.handleEnd('replaced');
    Object.assign(slot, { side, wasUsed: true, member, isStarted: false, awaySinceMs: null });
    this.#tellChanged(slot);
    if (peer.wasUsed) this.#host.freeNameplate(this);
    peer.member?.handlePeer(true, this.#epoch);
    return {
      place: this.#placeOf(slot, member),
      mailbox: this.id,
      nameplate: this.nameplate,
      epoch: this.#epoch,
      received: slot.accepted,
      isPeerPresent: peer.member !== null,
    };
  }

  /** Ends it for whoever is there. */
  end(reason: RelayCloseReason): void {
    this.#host.removeMailbox(this);
    for (const slot of this.#slots) {
      this.#drop(slot);
      const { member } = slot;
      Object.assign(slot, { side: null, member: null, awaySinceMs: null });
      this.#tellChanged(slot);
      member?.handleEnd(reason);
    }
  }

  /** The side that has been away too long loses its place. */
  expire(slot: Slot): void {
    this.#vacate(slot);
    const { member } = this.#otherThan(slot);
    if (member === null) return;
    this.#reset();
    member.handlePeer(false, this.#epoch);
  }

  /** Drops what waits, to make room for others: whoever is there begins anew. */
  forget(): void {
    this.#reset();
    for (const slot of this.#slots)
      slot.member?.handlePeer(this.#otherThan(slot).member !== null, this.#epoch);
  }

  #tellChanged(slot: Slot): void {
    this.#host.awayChanged(slot, this);
    this.#host.waitingChanged(slot, this);
  }

  #otherThan(slot: Slot): Slot {
    return this.#slots[0] === slot ? this.#slots[1] : this.#slots[0];
  }

  #freeSlot(): Slot {
    const { attempts, attemptWindowMs } = this.#host.bounds;
    if (this.#slots.some(({ wasUsed }) => wasUsed)) {
      this.#attempts ??= new TokenBucket((attempts / attemptWindowMs) * 1000, attempts, () =>
        this.#host.now(),
      );
      if (!this.#attempts.consume()) throw new RelayRefusal('too-many-attempts');
    }
    const free = this.#slots.find(({ side }) => side === null);
    if (free === undefined) throw new RelayRefusal('crowded');
    return free;
  }

  /** A side that held its place goes on where it was, or both begin anew where that can't be. */
  #comeBack(slot: Slot, resume: Resume | null): void {
    const sent = this.#otherThan(slot).accepted;
    const goesOn = resume?.epoch === this.#epoch && resume.received >= slot.acked && resume.received <= sent;
    if (!goesOn) this.#reset();
    else if (resume.received > slot.acked) this.#acknowledge(slot, resume.received);
  }

  #reset(): void {
    this.#epoch = this.#host.newEpoch();
    for (const slot of this.#slots) {
      this.#drop(slot);
      slot.accepted = 0;
      slot.acked = 0;
    }
  }

  /** Forgets what waits for a place. */
  #drop(slot: Slot): void {
    this.#release(slot.waiting);
    slot.waiting = [];
    slot.waitingBytes = 0;
    this.#host.waitingChanged(slot, this);
  }

  #acknowledge(slot: Slot, number: number): void {
    const done = slot.waiting.splice(0, number - slot.acked);
    slot.acked = number;
    slot.waitingBytes -= this.#release(done);
    this.#host.waitingChanged(slot, this);
    this.#otherThan(slot).member?.handleAck(number);
  }

  /** @returns how many bytes those were */
  #release(waiting: readonly Waiting[]): number {
    for (const { frame, from } of waiting) this.#host.release(from, frame.length);
    return waiting.reduce((sum, { frame }) => sum + frame.length, 0);
  }

  #placeOf(slot: Slot, member: MailboxMember): Place {
    const whileHere = (act: () => void): void => {
      if (slot.member === member) act();
    };
    return {
      start: () => {
        whileHere(() => {
          slot.isStarted = true;
          const { acked } = this.#otherThan(slot);
          if (acked > 0) member.handleAck(acked);
          for (const { frame } of [...slot.waiting]) member.handleFrame(frame);
        });
      },
      append: (number, frame) => {
        whileHere(() => {
          this.#append(slot, member, number, frame);
        });
      },
      ack: (number) => {
        whileHere(() => {
          if (number > this.#otherThan(slot).accepted) this.#dismiss(slot, 'protocol-violation');
          else if (number > slot.acked) this.#acknowledge(slot, number);
        });
      },
      moveAway: () => {
        whileHere(() => {
          slot.member = null;
          slot.awaySinceMs = this.#host.now();
          this.#tellChanged(slot);
          this.#otherThan(slot).member?.handlePeer(false, this.#epoch);
        });
      },
      leave: () => {
        whileHere(() => {
          this.#vacate(slot);
          this.#otherThan(slot).member?.handlePeer(false, this.#epoch);
        });
      },
    };
  }

  #append(slot: Slot, member: MailboxMember, number: number, frame: Uint8Array): void {
    if (number <= slot.accepted) return;
    if (number > slot.accepted + 1) {
      member.handleRepeat(slot.accepted);
      return;
    }
    const peer = this.#otherThan(slot);
    const { waitingBytes, waitingFrames } = this.#host.bounds;
    if (peer.waiting.length >= waitingFrames || peer.waitingBytes + frame.length > waitingBytes) {
      this.#dismiss(slot, 'full');
      return;
    }
    const epoch = this.#epoch;
    const refusal = this.#host.reserve(member.countedAs, frame.length);
    if (refusal !== null) this.#dismiss(slot, refusal);
    // What made room was in this mailbox itself: the frame is of the epoch before.
    else if (epoch !== this.#epoch) this.#host.release(member.countedAs, frame.length);
    else {
      slot.accepted = number;
      peer.waiting.push({ frame, from: member.countedAs });
      peer.waitingBytes += frame.length;
      this.#host.waitingChanged(peer, this);
      if (peer.isStarted) peer.member?.handleFrame(frame);
    }
  }

  /** Sends a member away; its side may come again. */
  #dismiss(slot: Slot, reason: RelayCloseReason): void {
    const { member } = slot;
    slot.member = null;
    slot.awaySinceMs = this.#host.now();
    this.#tellChanged(slot);
    this.#otherThan(slot).member?.handlePeer(false, this.#epoch);
    member?.handleEnd(reason);
  }

  /** Nobody holds this place any more; what was sent from it stays. */
  #vacate(slot: Slot): void {
    this.#drop(slot);
    slot.acked = this.#otherThan(slot).accepted;
    Object.assign(slot, { side: null, member: null, awaySinceMs: null });
    this.#tellChanged(slot);
    if (this.#slots.every(({ side }) => side === null)) this.end('gone');
  }
}
