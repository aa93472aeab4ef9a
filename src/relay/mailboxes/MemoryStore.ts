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
import { candidateNameplates } from './nameplates';

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
  #waitingBytes = 0;
  #sweeping: NodeJS.Timeout | null = null;

  /** @param now a clock in ms that never goes back */
  constructor(bounds: MailboxBounds, now: () => number = () => performance.now()) {
    this.#host = {
      bounds,
      now,
      newEpoch: () => toHex(randomBytes(16)),
      reserve: (bytes) => this.#reserve(bytes),
      release: (bytes) => {
        this.#waitingBytes -= bytes;
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
    return { mailboxes, nameplates, waitingBytes: this.#waitingBytes };
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

  /** Mailboxes without members are what is least missed: they make room first, the oldest before the others. */
  #reserve(bytes: number): boolean {
    const limit = this.#host.bounds.waitingBytesInAll;
    if (this.#waitingBytes + bytes > limit) {
      for (const mailbox of this.#away.values()) {
        if (!mailbox.hasMember) mailbox.end('gone');
        if (this.#waitingBytes + bytes <= limit) break;
      }
    }
    if (this.#waitingBytes + bytes > limit) return false;
    this.#waitingBytes += bytes;
    return true;
  }
}
