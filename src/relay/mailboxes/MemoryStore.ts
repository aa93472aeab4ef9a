import { randomBytes } from 'node:crypto';
import { toHex } from '../../shared/ids';
import type { MailboxBounds } from './limits';
import { Mailbox, type MailboxHost, type Slot } from './Mailbox';
import {
  type Joined,
  type MailboxMember,
  type MailboxStore,
  RelayRefusal,
  type Resume,
  type StoreCounts,
} from './MailboxStore';
import { AbsentPlaces } from './AbsentPlaces';
import { candidateNameplates } from './nameplates';
import { type Counting, WaitingBytes } from './WaitingBytes';

/** How often what is too old is removed, in ms. */
const SWEEP_MS = 1_000;

/** The mailboxes of one process, which go with it. */
export class MemoryStore implements MailboxStore {
  readonly isReady = true;
  readonly #mailboxes = new Map<string, Mailbox>();
  readonly #nameplates = new Map<string, { mailbox: Mailbox; untilMs: number }>();
  /** Places whose side is away, the longest away first. */
  readonly #away = new Map<Slot, Mailbox>();
  readonly #host: MailboxHost;
  readonly #waiting: WaitingBytes;
  readonly #absent = new AbsentPlaces();
  #sweeping: NodeJS.Timeout | null = null;

  /** @param now a clock in ms that never goes back */
  constructor(bounds: MailboxBounds, now: () => number = () => performance.now()) {
    this.#waiting = new WaitingBytes(bounds.waitingBytesPerAddress);
    this.#host = {
      bounds,
      now,
      newEpoch: () => toHex(randomBytes(16)),
      reserve: (from, bytes) => this.#reserve(from, bytes),
      release: (from, bytes) => {
        this.#waiting.remove(from, bytes);
      },
      waitingChanged: (slot, mailbox) => {
        this.#absent.changed(slot, mailbox);
      },
      awayChanged: (slot, mailbox) => {
        this.#away.delete(slot);
        if (slot.awaySinceMs !== null) this.#away.set(slot, mailbox);
      },
      freeNameplate: (mailbox) => {
        if (mailbox.nameplate !== null) this.#nameplates.delete(mailbox.nameplate);
        mailbox.nameplate = null;
      },
      removeMailbox: (mailbox) => {
        this.#mailboxes.delete(mailbox.id);
        this.#host.freeNameplate(mailbox);
      },
    };
  }

  get counts(): StoreCounts {
    const [mailboxes, nameplates] = [this.#mailboxes.size, this.#nameplates.size];
    return { mailboxes, nameplates, waitingBytes: this.#waiting.inAll };
  }

  open(): Promise<void> {
    this.#sweeping ??= setInterval(() => {
      this.sweep();
    }, SWEEP_MS).unref();
    return Promise.resolve();
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a refusal is a rejection
  async allocate(side: string, member: MailboxMember): Promise<Joined> {
    for (const nameplate of candidateNameplates()) {
      if (this.#nameplates.has(nameplate)) continue;
      const mailbox = this.#make(toHex(randomBytes(32)), nameplate);
      this.#nameplates.set(nameplate, {
        mailbox,
        untilMs: this.#host.now() + this.#host.bounds.nameplateMs,
      });
      return mailbox.join(side, null, member);
    }
    throw new RelayRefusal('unavailable');
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a refusal is a rejection
  async claim(nameplate: string, side: string, member: MailboxMember): Promise<Joined> {
    const mailbox = this.#nameplates.get(nameplate)?.mailbox;
    if (mailbox === undefined) throw new RelayRefusal('gone');
    return mailbox.join(side, null, member);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- a refusal is a rejection
  async join(id: string, side: string, resume: Resume | null, member: MailboxMember): Promise<Joined> {
    return (this.#mailboxes.get(id) ?? this.#make(id, null)).join(side, resume, member);
  }

  close(): Promise<void> {
    if (this.#sweeping !== null) clearInterval(this.#sweeping);
    this.#sweeping = null;
    return Promise.resolve();
  }

  /** Removes what is too old: nameplates that nobody came by, places of sides that stayed away. */
  sweep(): void {
    const now = this.#host.now();
    for (const [, { mailbox, untilMs }] of this.#nameplates) {
      if (untilMs > now) break;
      mailbox.end('expired');
    }
    for (const [slot, mailbox] of this.#away) {
      if ((slot.awaySinceMs ?? now) + this.#host.bounds.awayMs > now) break;
      mailbox.expire(slot);
    }
  }

  #make(id: string, nameplate: string | null): Mailbox {
    const mailbox = new Mailbox(id, nameplate, this.#host);
    this.#mailboxes.set(id, mailbox);
    return mailbox;
  }

  /**
   * Frames for places without anybody in them are what is least missed, and make room, the oldest before the others: those of the same
   * address for what comes from it, and those of the address that has most for all.
   */
  #reserve(from: Counting, bytes: number): 'full' | 'unavailable' | null {
    while (!this.#waiting.hasRoom(from, bytes)) if (!this.#makeRoom(from[0].name)) return 'full';
    while (this.#waiting.inAll + bytes > this.#host.bounds.waitingBytesInAll)
      if (!this.#makeRoom(this.#heaviest())) return 'unavailable';
    this.#waiting.add(from, bytes);
    return null;
  }

  /** @returns whether there was anything */
  #makeRoom(address: string | null): boolean {
    const mailbox = address === null ? null : this.#absent.oldest(address);
    mailbox?.forget();
    return mailbox !== null;
  }

  /** Of the addresses whose frames can go, the one of which most wait. */
  #heaviest(): string | null {
    let heaviest: string | null = null;
    for (const address of this.#absent.addresses)
      if (heaviest === null || this.#waiting.of(address) > this.#waiting.of(heaviest)) heaviest = address;
    return heaviest;
  }
}
