import type { NearbyDevice } from '../../../shared/contract/contract';
import { commonVersion, PROTOCOL_VERSION } from '../../../shared/protocol/version';
import type { DeviceCard } from '../../../shared/protocol/lan';
import { bareAddress, type LanAddress } from '../../../shared/address';
import { mergeAddresses } from './sightedAddresses';

/** Devices in the list and on their way into it; a larger network needs search, not a longer list. */
const MAX_DEVICES = 256;
/** Failed checks in a row that take a device out of the list. */
const MAX_FAILURES = 2;
/** A device that has never answered is asked less and less often, down to every so many rounds. */
const RAREST_ROUND = 16;

interface Entry {
  addresses: LanAddress[];
  /** What its card said, and where; `null` until it has answered once. */
  found: { card: DeviceCard; at: LanAddress } | null;
  failures: number;
  isChecking: boolean;
}

export interface DeviceListOptions {
  fetchCard: (address: LanAddress) => Promise<DeviceCard | null>;
  onChange: () => void;
  /** A device was taken out: mDNS has to report it afresh when it comes back. */
  onRemoved: () => void;
}

/**
 * Who is near. mDNS only suggests: a device is listed once its card answers under the id that was announced, and
 * leaves when it no longer does. So neither a forged announcement nor a forged goodbye changes the list.
 */
export class DeviceList {
  readonly #options: DeviceListOptions;
  readonly #entries = new Map<string, Entry>();
  #round = 0;

  constructor(options: DeviceListOptions) {
    this.#options = options;
  }

  /** The devices that answered, by name. */
  get devices(): NearbyDevice[] {
    return [...this.#entries.values()]
      .flatMap(({ found }) => (found === null ? [] : [viewOf(found.card, found.at)]))
      .sort((a, b) => a.device.name.localeCompare(b.device.name));
  }

  /** Where a listed device may be reached, the address that answered last first. */
  addressesOf(deviceId: string): LanAddress[] {
    const entry = this.#entries.get(deviceId);
    return entry?.found == null ? [] : [entry.found.at, ...without(entry.addresses, entry.found.at)];
  }

  /** An announcement: the device is checked now. */
  see(deviceId: string, addresses: readonly LanAddress[]): void {
    const entry = this.#entries.get(deviceId);
    if (entry === undefined && this.#entries.size >= MAX_DEVICES && !this.#makeRoom()) return;
    const known = entry ?? { addresses: [], found: null, failures: 0, isChecking: false };
    known.addresses = mergeAddresses(known.addresses, addresses);
    this.#entries.set(deviceId, known);
    void this.#check(deviceId, known);
  }

  /** A goodbye: believed when the card no longer answers. */
  doubt(deviceId: string): void {
    const entry = this.#entries.get(deviceId);
    if (entry === undefined) return;
    entry.failures = MAX_FAILURES - 1;
    void this.#check(deviceId, entry);
  }

  /** Asks every device for its card; called every few seconds. */
  checkAll(): void {
    this.#round += 1;
    for (const [deviceId, entry] of this.#entries) {
      const isDue = entry.found !== null || this.#round % Math.min(2 ** entry.failures, RAREST_ROUND) === 0;
      if (isDue) void this.#check(deviceId, entry);
    }
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Drops a device that has never answered, so that made-up ones can't keep real ones out. */
  #makeRoom(): boolean {
    for (const [deviceId, { found, isChecking }] of this.#entries)
      if (found === null && !isChecking) return this.#entries.delete(deviceId);
    return false;
  }

  async #check(deviceId: string, entry: Entry): Promise<void> {
    if (entry.isChecking) return;
    entry.isChecking = true;
    // One question while all is well; every address when that one stays silent.
    const asked = entry.found !== null && entry.failures === 0 ? [entry.found.at] : entry.addresses;
    const answer = await firstCard(asked, deviceId, this.#options.fetchCard);
    entry.isChecking = false;
    if (this.#entries.get(deviceId) !== entry) return;
    if (answer === null) {
      entry.failures += 1;
      if (entry.found === null || entry.failures < MAX_FAILURES) return;
      this.#entries.delete(deviceId);
      this.#options.onRemoved();
    } else {
      entry.failures = 0;
      entry.found = answer;
    }
    this.#options.onChange();
  }
}

/** The first right card, all addresses asked at once. */
async function firstCard(
  addresses: readonly LanAddress[],
  deviceId: string,
  fetchCard: DeviceListOptions['fetchCard'],
): Promise<{ card: DeviceCard; at: LanAddress } | null> {
  const asked = addresses.map(async (at) => {
    const card = await fetchCard(at);
    if (card?.device.deviceId !== deviceId) throw new Error('another device, or none');
    return { card, at };
  });
  return Promise.any(asked).catch(() => null);
}

function viewOf({ device, hither }: DeviceCard, at: LanAddress): NearbyDevice {
  const isCompatible = commonVersion(PROTOCOL_VERSION, hither) !== null;
  return { device, address: bareAddress(at.host), isCompatible };
}

function without(addresses: readonly LanAddress[], { host, port }: LanAddress): LanAddress[] {
  return addresses.filter((address) => address.host !== host || address.port !== port);
}
