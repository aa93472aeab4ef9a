import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff, type BackoffTimes } from '../../../shared/Backoff';
import type { NearbyDevice } from '../../../shared/contract/nearby';
import { commonVersion, PROTOCOL_VERSION } from '../../../shared/protocol/version';
import type { DeviceCard } from '../../../shared/protocol/lan';
import { bareAddress, type LanAddress } from '../../../shared/address';
import { byRank, mergeAddresses } from './sightedAddresses';

/** Devices in the list and on their way into it; a larger network needs search, not a longer list. */
const MAX_DEVICES = 256;
/** Failed checks in a row that remove a device from the list. */
const MAX_FAILURES = 2;
/** Checks of a device at once: one that waits for a dead address must not hold up one that knows a better. */
const MAX_CHECKS = 2;
/** How much later a better address may answer, in ms, and be chosen all the same. */
const PREFER_MS = 200;
/** Period of the rounds in which every device is asked, in ms. */
export const CHECK_PERIOD_MS = 4_500;
/** Between the checks of a device that has never answered. */
const UNANSWERED: BackoffTimes = { firstMs: 2 * CHECK_PERIOD_MS, longestMs: 16 * CHECK_PERIOD_MS };

/** What a card said, and where. */
interface Found {
  card: DeviceCard;
  at: LanAddress;
}

interface Entry {
  addresses: LanAddress[];
  /** `null` until it has answered once, and while another device answers where it was. */
  found: Found | null;
  failures: number;
  /** Goodbyes heard, and times that another device answered in its place: a check that began before the last one settles nothing. */
  doubts: number;
  /** The pauses while it has never answered; `null` from its first answer on. */
  backoff: Backoff | null;
  /** When one that has never answered is due, by the rounds' time. */
  dueMs: number;
  /** Checks under way. */
  checks: number;
}

export interface DeviceListOptions {
  fetchCard: (address: LanAddress) => Promise<DeviceCard | null>;
  onChange: () => void;
  /** A device answers that was not listed, or at another address than before. */
  onSeen: (deviceId: string) => void;
  /** A device was removed: it may have gone elsewhere. */
  onRemoved: () => void;
}

/**
 * Who is near. mDNS only suggests: a device is listed once its card answers under the id that was announced, and
 * leaves when it no longer does: at once where another device answers in its place, as after a new installation. So neither
 * a forged announcement nor a forged goodbye changes the list.
 */
export class DeviceList {
  readonly #options: DeviceListOptions;
  readonly #entries = new Map<string, Entry>();
  /** The rounds' own time: a round that somebody asks for counts as much as one that is due. */
  #roundsMs = 0;

  constructor(options: DeviceListOptions) {
    this.#options = options;
  }

  /** The devices that answered, by name. */
  get devices(): NearbyDevice[] {
    return [...this.#entries.values()]
      .flatMap(({ found }) => (found === null ? [] : [viewOf(found.card, found.at)]))
      .sort((a, b) => a.device.name.localeCompare(b.device.name));
  }

  /** Where a listed device may be reached: where it answered last, what it named last, what it named before. */
  addressesOf(deviceId: string): LanAddress[] {
    const entry = this.#entries.get(deviceId);
    return entry?.found == null ? [] : [entry.found.at, ...without(entry.addresses, entry.found.at)];
  }

  /** Where somebody announced to listen at a machine's address, whether or not it answers; `null` where nobody did. */
  announcedAt(address: string): LanAddress | null {
    for (const { addresses } of this.#entries.values())
      for (const each of addresses) if (bareAddress(each.host) === bareAddress(address)) return each;
    return null;
  }

  /** Whether it was at this address that a listed device answered last. An announcement names what it likes. */
  answersAt(deviceId: string, address: string): boolean {
    const found = this.#entries.get(deviceId)?.found ?? null;
    return found !== null && bareAddress(found.at.host) === bareAddress(address);
  }

  /**
   * An announcement. The device is checked now, unless it is listed and this says nothing new: the address that answers
   * is among those named, none of a better kind is, and the name is that of its card.
   */
  see(deviceId: string, addresses: readonly LanAddress[], name?: string): void {
    const entry = this.#entries.get(deviceId);
    if (entry === undefined && this.#entries.size >= MAX_DEVICES && !this.#makeRoom()) return;
    const known = entry ?? newEntry();
    known.addresses = mergeAddresses(known.addresses, addresses);
    this.#entries.set(deviceId, known);
    const { found } = known;
    if (found === null) void this.#check(deviceId, known);
    else if (!includes(addresses, found.at) || hasBetter(addresses, found.at))
      void this.#check(deviceId, known, inOrder(known));
    else if (name !== undefined && name !== found.card.device.name) void this.#check(deviceId, known);
  }

  /** A goodbye: believed when the card no longer answers. */
  doubt(deviceId: string): void {
    const entry = this.#entries.get(deviceId);
    if (entry !== undefined) this.#lastChance(deviceId, entry);
  }

  /** Asks every device for its card; called every few seconds. */
  checkAll(): void {
    this.#roundsMs += CHECK_PERIOD_MS;
    for (const [deviceId, entry] of this.#entries) {
      const isDue = entry.found !== null || entry.dueMs <= this.#roundsMs;
      if (isDue && entry.checks === 0) void this.#check(deviceId, entry);
    }
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Drops a device that has never answered, so that made-up ones can't keep real ones out. */
  #makeRoom(): boolean {
    for (const [deviceId, { found, checks }] of this.#entries)
      if (found === null && checks === 0) return this.#entries.delete(deviceId);
    return false;
  }

  /** Asks at the address that answers while all is well, and everywhere when that one stays silent. */
  async #check(deviceId: string, entry: Entry, addresses = whileAllIsWell(entry)): Promise<void> {
    if (entry.checks === MAX_CHECKS) return;
    const { found, doubts } = entry;
    entry.checks += 1;
    const answer = await this.#firstCard(deviceId, entry, addresses);
    entry.checks -= 1;
    if (this.#entries.get(deviceId) !== entry) return;
    const isDoubted = entry.doubts !== doubts;
    if (answer !== null) this.#hear(deviceId, entry, answer, isDoubted);
    // A silence says nothing when the device has answered elsewhere since, or another check still waits.
    else if (entry.found === found && entry.checks === 0) {
      this.#miss(deviceId, entry);
      return;
    }
    if (isDoubted && entry.checks === 0) void this.#check(deviceId, entry);
  }

  /** @param isDoubted whether it may have gone since it was asked */
  #hear(deviceId: string, entry: Entry, answer: Found, isDoubted: boolean): void {
    const isNew = entry.found === null || !includes([entry.found.at], answer.at);
    if (!isDoubted) entry.failures = 0;
    entry.found = answer;
    entry.backoff = null;
    if (isNew)
      for (const [otherId, other] of this.#entries)
        if (otherId !== deviceId) this.#replaced(otherId, other, answer.at);
    this.#options.onChange();
    if (isNew) this.#options.onSeen(deviceId);
  }

  /** Another device answers at an address. One that was listed there is listed no more, unless it answers elsewhere. */
  #replaced(deviceId: string, entry: Entry, at: LanAddress): void {
    entry.addresses = without(entry.addresses, at);
    if (entry.found === null || !includes([entry.found.at], at)) return;
    entry.found = null;
    this.#options.onChange();
    this.#lastChance(deviceId, entry);
  }

  /** Asks a device everywhere; it leaves where it is silent. */
  #lastChance(deviceId: string, entry: Entry): void {
    entry.failures = MAX_FAILURES - 1;
    entry.doubts += 1;
    void this.#check(deviceId, entry);
  }

  #miss(deviceId: string, entry: Entry): void {
    entry.failures += 1;
    if (entry.backoff !== null) entry.dueMs = this.#roundsMs + entry.backoff.next();
    else if (entry.failures >= MAX_FAILURES) {
      this.#entries.delete(deviceId);
      this.#options.onRemoved();
      this.#options.onChange();
    }
  }

  /** The right card from the first of these addresses that has one; all are asked at once. */
  async #firstCard(deviceId: string, entry: Entry, addresses: readonly LanAddress[]): Promise<Found | null> {
    const asked = addresses.map(async (at): Promise<Found | null> => {
      const card = await this.#options.fetchCard(at);
      if (card?.device.deviceId === deviceId) return { card, at };
      if (card !== null) this.#replaced(deviceId, entry, at);
      return null;
    });
    const inTurn = asked.map(async (answer, place) => {
      const found = await answer;
      if (found === null) throw new Error('another device, or none');
      // Those before it have failed, or had their time.
      await Promise.race([Promise.all(asked.slice(0, place)), sleep(place * PREFER_MS)]);
      return found;
    });
    return Promise.any(inTurn).catch(() => null);
  }
}

function newEntry(): Entry {
  const backoff = new Backoff(UNANSWERED);
  return { addresses: [], found: null, failures: 0, doubts: 0, backoff, dueMs: 0, checks: 0 };
}

function whileAllIsWell(entry: Entry): LanAddress[] {
  return entry.found !== null && entry.failures === 0 ? [entry.found.at] : inOrder(entry);
}

/** Where a device may be, the likeliest first: where it answered, unless it says that it has a better address. */
function inOrder({ found, addresses }: Entry): LanAddress[] {
  if (found === null) return addresses;
  const others = without(addresses, found.at);
  return hasBetter(others, found.at)
    ? [...others.slice(0, 1), found.at, ...others.slice(1)]
    : [found.at, ...others];
}

/** @param addresses best first */
function hasBetter([best]: readonly LanAddress[], than: LanAddress): boolean {
  return best !== undefined && byRank(best, than) < 0;
}

function viewOf({ device, hither }: DeviceCard, at: LanAddress): NearbyDevice {
  const isCompatible = commonVersion(PROTOCOL_VERSION, hither) !== null;
  return { device, address: bareAddress(at.host), isCompatible };
}

function includes(addresses: readonly LanAddress[], { host, port }: LanAddress): boolean {
  return addresses.some((address) => address.host === host && address.port === port);
}

function without(addresses: readonly LanAddress[], address: LanAddress): LanAddress[] {
  return addresses.filter((other) => !includes([other], address));
}
