import type { RelayCloseReason } from '../../shared/protocol/relay';
import type { Counting } from './WaitingBytes';

/** A mailbox refuses something, or can't serve it: the socket that asked is closed with the reason. */
export class RelayRefusal extends Error {
  readonly reason: RelayCloseReason;

  constructor(reason: RelayCloseReason, cause?: unknown) {
    super(reason, { cause });
    this.name = 'RelayRefusal';
    this.reason = reason;
  }
}

/** What a mailbox tells one of its members: nothing but `handleEnd` before `start`. None of these may throw. */
export interface MailboxMember {
  /** What its address is counted as, for what it sends: the same for as long as it lives. */
  readonly countedAs: Counting;
  /** A data frame for this member, header included; each number once and in order, from `start` on. */
  handleFrame(frame: Uint8Array): void;
  /** The other member has everything up to this number. */
  handleAck(number: number): void;
  handlePeer(isPresent: boolean, epoch: string): void;
  /** What came after this number is lost and is wanted again. */
  handleRepeat(after: number): void;
  /** The place is lost; nothing else comes. */
  handleEnd(reason: RelayCloseReason): void;
}

/** A member's place in a mailbox, while its socket lives. After `moveAway`, `leave` or `handleEnd` it does nothing. */
export interface Place {
  /** Tells what the other side has had, delivers what waits, and from then on what comes. Called once. */
  start(): void;
  /** A data frame from this member; the place keeps it as it is, so nobody may change it. */
  append(number: number, frame: Uint8Array): void;
  /** This member has everything up to this number. */
  ack(number: number): void;
  /** The socket is gone; the place is kept for a while. */
  moveAway(): void;
  /** Gives up the place. */
  leave(): void;
}

export interface Joined {
  place: Place;
  mailbox: string;
  nameplate: string | null;
  epoch: string;
  /** Last number that arrived from this side in this epoch. */
  received: number;
  isPeerPresent: boolean;
}

/** What a side that comes again has had, in which epoch. */
export interface Resume {
  epoch: string;
  received: number;
}

export interface StoreCounts {
  mailboxes: number;
  nameplates: number;
  /** Bytes that frames take which nobody has acknowledged. `null` where the store does not know. */
  waitingBytes: number | null;
}

/** Where mailboxes live: in this process, or in a Redis that several share. The rules are the same. */
export interface MailboxStore {
  /** Whether mailboxes can be reached now. */
  readonly isReady: boolean;
  /** Of this process where several share a store. */
  readonly counts: StoreCounts;
  /** @throws Error if the store can't be had */
  open(): Promise<void>;
  /** A new mailbox with a nameplate. @throws RelayRefusal */
  allocate(side: string, member: MailboxMember): Promise<Joined>;
  /** The mailbox behind a nameplate. @throws RelayRefusal */
  claim(nameplate: string, side: string, member: MailboxMember): Promise<Joined>;
  /** A mailbox that is known; made where it is not there. @throws RelayRefusal */
  join(mailbox: string, side: string, resume: Resume | null, member: MailboxMember): Promise<Joined>;
  /** Lets go of everything; members are not told. */
  close(): Promise<void>;
}
