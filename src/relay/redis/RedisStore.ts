import { randomBytes } from 'node:crypto';
import { toHex } from '../../shared/ids';
import type { Log } from '../../shared/log';
import { type MailboxBounds, REDIS_TIMES } from '../mailboxes/limits';
import {
  type Joined,
  type MailboxMember,
  type MailboxStore,
  RelayRefusal,
  type Resume,
  type StoreCounts,
} from '../mailboxes/MailboxStore';
import { candidateNameplates } from '../mailboxes/nameplates';
import { WaitingBytes } from '../mailboxes/WaitingBytes';
import { isReason, readBusMessage } from './busMessage';
import { RedisLink, type ScriptArgument, type ScriptReply } from './RedisLink';
import { type PlaceHost, RedisPlace } from './RedisPlace';
import type { ScriptName } from './scripts';

/** Longest time between two renewals of a lease, in ms. */
const MAX_RENEW_MS = 15_000;
/** Places renewed or put back at a time. */
const AT_A_TIME = 100;

type Way = 'allocate' | 'claim' | 'join';

/** The mailboxes that several processes share in a Redis. */
export class RedisStore implements MailboxStore {
  readonly #prefix: string;
  readonly #bounds: MailboxBounds;
  readonly #log: Log;
  readonly #link: RedisLink;
  /** This process in Redis: another one with every start. */
  readonly #process = toHex(randomBytes(8));
  readonly #renewMs: number;
  /** Of this process's members alone, as all limits by address. */
  readonly #waiting: WaitingBytes;
  readonly #places = new Map<number, RedisPlace>();
  readonly #host: PlaceHost;
  #nextNumber = 1;
  #unsaid: (() => Promise<unknown>)[] = [];
  #timers: NodeJS.Timeout[] = [];
  #isRenewing = false;

  /** @param prefix in front of every key and channel */
  constructor({ prefix, url }: { url: string; prefix: string }, bounds: MailboxBounds, log: Log) {
    this.#prefix = prefix;
    this.#bounds = bounds;
    this.#waiting = new WaitingBytes(bounds.waitingBytesPerAddress);
    this.#log = log;
    this.#renewMs = Math.min(MAX_RENEW_MS, bounds.awayMs / 3, bounds.nameplateMs / 3);
    this.#link = new RedisLink({
      url,
      log,
      channel: `${prefix}c:${this.#process}`,
      onMessage: (bytes) => {
        const message = readBusMessage(bytes);
        if (message !== null) this.#places.get(message.member)?.handle(message);
      },
      onBack: () => void this.#comeBack(),
    });
    this.#host = {
      bounds,
      run: (mailbox, script, args) => this.#run(mailbox, script, args),
      reserve: (from, bytes) => {
        const hasRoom = this.#waiting.hasRoom(from, bytes);
        if (hasRoom) this.#waiting.add(from, bytes);
        return hasRoom;
      },
      release: (from, bytes) => this.#waiting.remove(from, bytes),
      releaseLater: (from, lengths) => {
        if (lengths.length === 0) return;
        const release = (): void => {
          for (const bytes of lengths) this.#waiting.remove(from, bytes);
        };
        setTimeout(release, this.#leaseMs).unref();
      },
      forget: (place) => this.#places.delete(place.number),
      tellLater: (tell) => this.#unsaid.push(tell),
    };
  }

  get isReady(): boolean {
    return this.#link.isReady;
  }

  get counts(): StoreCounts {
    const places = [...this.#places.values()];
    return {
      mailboxes: new Set(places.map(({ mailbox }) => mailbox)).size,
      nameplates: places.filter(({ hasNameplate }) => hasNameplate).length,
      waitingBytes: null,
    };
  }

  async open(): Promise<void> {
    await this.#link.open();
    await this.#live();
    this.#timers = [
      setInterval(() => void this.#live().catch(() => undefined), REDIS_TIMES.processRenewMs).unref(),
      setInterval(() => void this.#renew(), this.#renewMs).unref(),
    ];
  }

  async allocate(side: string, member: MailboxMember): Promise<Joined> {
    const mailbox = toHex(randomBytes(32));
    const ttl = String(this.#bounds.nameplateMs);
    for (const nameplate of candidateNameplates()) {
      const key = `${this.#prefix}n:${nameplate}`;
      const isFree = await this.#asked(() =>
        this.#link.command<unknown>(['SET', key, mailbox, 'NX', 'PX', ttl]),
      );
      if (isFree !== null) return this.#enter('allocate', mailbox, side, null, member, nameplate);
    }
    throw new RelayRefusal('unavailable');
  }

  async claim(nameplate: string, side: string, member: MailboxMember): Promise<Joined> {
    const key = `${this.#prefix}n:${nameplate}`;
    const mailbox = await this.#asked(() => this.#link.command<Buffer | null>(['GET', key]));
    if (mailbox === null) throw new RelayRefusal('gone');
    return this.#enter('claim', mailbox.toString(), side, null, member);
  }

  join(mailbox: string, side: string, resume: Resume | null, member: MailboxMember): Promise<Joined> {
    return this.#enter('join', mailbox, side, resume, member);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const gone = this.#asked(() => this.#link.command(['DEL', `${this.#prefix}p:${this.#process}`]));
    await gone.catch(() => undefined);
    this.#link.close();
  }

  async #enter(
    way: Way,
    mailbox: string,
    side: string,
    resume: Resume | null,
    member: MailboxMember,
    nameplate = '',
  ): Promise<Joined> {
    const number = this.#nextNumber++;
    const presence = `${this.#process}:${number}`;
    const place = new RedisPlace({ mailbox, number, presence, side }, member, this.#host);
    // It can be told something as soon as Redis has it.
    this.#places.set(number, place);
    try {
      const { attempts, attemptWindowMs } = this.#bounds;
      const had = [resume?.epoch ?? '', resume?.received ?? 0];
      const args = [side, presence, ...had, way, nameplate, attempts, attemptWindowMs];
      const reply = await this.#asked(() => this.#run(mailbox, 'join', args));
      const word = String(reply[0]);
      if (isReason(word)) throw new RelayRefusal(word);
      return this.#joined(place, reply, resume);
    } catch (error) {
      this.#places.delete(number);
      throw error;
    }
  }

  #joined(place: RedisPlace, reply: ScriptReply, resume: Resume | null): Joined {
    const [, slot, epochBytes, accepted, hasPeer, peerHas, nameplateBytes] = reply;
    const epoch = String(epochBytes);
    const nameplate = String(nameplateBytes) || null;
    const received = resume?.epoch === epoch ? resume.received : 0;
    place.begin({
      slot: Number(slot),
      epoch,
      received,
      peerHas: Number(peerHas),
      accepted: Number(accepted),
      nameplate,
    });
    return {
      place,
      mailbox: place.mailbox,
      nameplate,
      epoch,
      received: Number(accepted),
      isPeerPresent: hasPeer === 1,
    };
  }

  /** How long what is in Redis outlives its last change, in ms. */
  get #leaseMs(): number {
    return Math.ceil(this.#bounds.awayMs + 2 * this.#renewMs);
  }

  #run(mailbox: string, script: ScriptName, args: readonly ScriptArgument[]): Promise<ScriptReply> {
    const { awayMs } = this.#bounds;
    return this.#link.run(script, [
      this.#prefix,
      mailbox,
      this.#leaseMs,
      awayMs,
      toHex(randomBytes(16)),
      ...args,
    ]);
  }

  /** @throws RelayRefusal `unavailable` where Redis does not answer */
  async #asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.#log.warn('redis', { refused: 'unavailable', error });
      throw new RelayRefusal('unavailable', error);
    }
  }

  /** Says that this process lives. */
  async #live(): Promise<void> {
    const key = `${this.#prefix}p:${this.#process}`;
    await this.#link.command(['SET', key, '1', 'PX', String(REDIS_TIMES.processMs)]);
  }

  async #renew(): Promise<void> {
    if (!this.#link.isReady || this.#isRenewing) return;
    this.#isRenewing = true;
    await this.#forAll((place) => place.renew());
    this.#isRenewing = false;
  }

  /** Redis is back, perhaps without anything that it knew. */
  async #comeBack(): Promise<void> {
    try {
      await this.#live();
    } catch {
      return; // It is gone again, and will be back again.
    }
    const unsaid = this.#unsaid;
    this.#unsaid = [];
    await Promise.allSettled(unsaid.map((tell) => tell()));
    await this.#forAll((place) => place.restore());
    this.#log.info('redis', { to: 'restored', members: this.#places.size });
  }

  async #forAll(act: (place: RedisPlace) => Promise<void>): Promise<void> {
    const places = [...this.#places.values()];
    while (places.length > 0) await Promise.all(places.splice(0, AT_A_TIME).map(act));
  }
}
