import { z } from 'zod';
import { type PeerTrust, TrustedDevice, type TrustPermissions } from '../../shared/contract/trust';
import { DeviceName } from '../../shared/device';
import { Emitter } from '../../shared/Emitter';
import { HitherError } from '../../shared/errors';
import { deviceIdOf } from '../../shared/identity/identity';
import { RelayUrl } from '../../shared/protocol/relayUrl';
import { formatLanAddress, type LanAddress } from '../../shared/address';
import type { Clock, Log, ProfileStorage } from '../ports';
import type { JudgedPeer, TrustBook } from './TrustBook';

const DOCUMENT = 'trusted.json';
/** More than anybody has; keeps a list that goes to the page with every change small. */
const MAX_TRUSTED = 512;

/** A trusted device as the profile keeps it. */
const StoredDevice = TrustedDevice.extend({
  /** What the device called itself when it was last here. */
  ownName: DeviceName,
  /** Where it was last reached by dialing, or `null`. */
  lastAddress: z.object({ host: z.string().max(255), port: z.int().min(1).max(65_535) }).nullable(),
  /** The relay at which it said that it can be found, or `null`. */
  relayUrl: RelayUrl.nullable().default(null),
}).refine(({ deviceId, identityKey }) => deviceIdOf(identityKey) === deviceId);
type StoredDevice = z.infer<typeof StoredDevice>;

const TrustFile = z.object({ format: z.literal(1), devices: z.array(StoredDevice).max(MAX_TRUSTED) });

const FIRST_PERMISSIONS: TrustPermissions = { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' };

export interface TrustStoreOptions {
  storage: ProfileStorage;
  clock: Clock;
  log: Log;
}

/** The devices that this person trusts, by key: read once, written after every change. */
export class TrustStore implements TrustBook {
  readonly #options: TrustStoreOptions;
  readonly #changes = new Emitter<{ change: TrustedDevice[] }>();
  /** By identity key. */
  readonly #devices: Map<string, StoredDevice>;
  #writes: Promise<void> = Promise.resolve();

  /** Where a list that could not be read was put, or `null`. */
  readonly corruptFile: string | null;

  private constructor(
    options: TrustStoreOptions,
    devices: readonly StoredDevice[],
    corruptFile: string | null,
  ) {
    this.#options = options;
    this.#devices = new Map(devices.map((device) => [device.identityKey, device]));
    this.corruptFile = corruptFile;
  }

  /**
   * Reads the list of a profile. A document that is none is set aside, and nobody is trusted.
   * @throws Error of the storage if the document is there and can't be read
   */
  static async open(options: TrustStoreOptions): Promise<TrustStore> {
    const { storage, log } = options;
    const text = await storage.read(DOCUMENT);
    if (text === null) return new TrustStore(options, [], null);
    try {
      return new TrustStore(options, TrustFile.parse(JSON.parse(text)).devices, null);
    } catch (error) {
      const corruptFile = await storage.setAside(DOCUMENT);
      log.error('trust', { problem: 'unreadable', keptAs: corruptFile, error });
      return new TrustStore(options, [], corruptFile);
    }
  }

  /** The trusted devices, by name. */
  get list(): TrustedDevice[] {
    return [...this.#devices.values()]
      .map((device) => TrustedDevice.parse(device))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Whether a device is trusted. */
  has(deviceId: string): boolean {
    return [...this.#devices.values()].some((device) => device.deviceId === deviceId);
  }

  judge({ identityKey, device }: JudgedPeer, dialed: LanAddress | null): PeerTrust {
    const pinned = this.#devices.get(identityKey);
    if (pinned !== undefined) return { state: 'trusted', permissions: pinned.permissions };
    const name = folded(device.name);
    const devices = [...this.#devices.values()];
    const namesake = devices.find((each) => folded(each.name) === name || folded(each.ownName) === name);
    if (namesake !== undefined) return { state: 'name-taken', trustedName: namesake.name };
    const address = dialed && formatLanAddress(dialed);
    const lodger = devices.find(
      ({ lastAddress }) => lastAddress !== null && formatLanAddress(lastAddress) === address,
    );
    return lodger === undefined ? { state: 'unknown' } : { state: 'address-taken', trustedName: lodger.name };
  }

  underOwnName<P extends JudgedPeer>(peer: P): P {
    const name = this.#devices.get(peer.identityKey)?.name;
    return name === undefined ? peer : { ...peer, device: { ...peer.device, name } };
  }

  met({ identityKey, device }: JudgedPeer, dialed: LanAddress | null): void {
    const known = this.#devices.get(identityKey);
    if (known === undefined) return;
    const lastAddress = dialed ?? known.lastAddress;
    const { name: ownName, platform } = device;
    const { clock, log } = this.#options;
    const lastSeenMs = clock.now();
    this.#put({ ...known, ownName, platform, lastAddress, lastSeenMs }).catch((error: unknown) => {
      log.warn('trust', { problem: 'not written', error });
    });
  }

  /**
   * Trusts a device from now on, asking each time; once more changes nothing but when it was seen.
   * @throws HitherError `bad-request` where the list is full, or Error of the storage
   */
  async pin({ identityKey, device }: JudgedPeer, dialed: LanAddress | null): Promise<void> {
    const known = this.#devices.get(identityKey);
    if (known === undefined && this.#devices.size >= MAX_TRUSTED)
      throw new HitherError('bad-request', { limit: MAX_TRUSTED });
    const nowMs = this.#options.clock.now();
    const { deviceId, name, platform } = device;
    await this.#put({
      ...{ deviceId, identityKey, platform, ownName: name },
      name: known?.name ?? name,
      permissions: known?.permissions ?? FIRST_PERMISSIONS,
      addedMs: known?.addedMs ?? nowMs,
      lastSeenMs: nowMs,
      lastAddress: dialed ?? known?.lastAddress ?? null,
      relayUrl: known?.relayUrl ?? null,
    });
  }

  /**
   * Changes what a device is called here, and what it may.
   * @throws HitherError `unknown-device`, or Error of the storage
   */
  async update(
    deviceId: string,
    change: { name?: string | undefined; permissions?: TrustPermissions | undefined },
  ): Promise<void> {
    const known = this.#known(deviceId);
    const { name = known.name, permissions = known.permissions } = change;
    await this.#put({ ...known, name, permissions });
  }

  /**
   * Trusts a device no more; unknown ids are fine.
   * @throws Error of the storage; the device is then not trusted until the next start
   */
  async revoke(deviceId: string): Promise<void> {
    const known = [...this.#devices.values()].find((device) => device.deviceId === deviceId);
    if (known === undefined) return;
    this.#devices.delete(known.identityKey);
    await this.#changed();
  }

  /** Where a trusted device was last reached; empty for one that never was. */
  addressesOf(deviceId: string): LanAddress[] {
    const found = [...this.#devices.values()].find((device) => device.deviceId === deviceId);
    return found?.lastAddress == null ? [] : [found.lastAddress];
  }

  /** The relay at which a trusted device said that it can be found, or `null`. */
  relayOf(deviceId: string): string | null {
    return [...this.#devices.values()].find((device) => device.deviceId === deviceId)?.relayUrl ?? null;
  }

  /** Keeps where a trusted device can be found; means nothing for others. */
  keepRelay(deviceId: string, relayUrl: string | null): void {
    const known = [...this.#devices.values()].find((device) => device.deviceId === deviceId);
    if (known === undefined || known.relayUrl === relayUrl) return;
    this.#put({ ...known, relayUrl }).catch((error: unknown) => {
      this.#options.log.warn('trust', { problem: 'not written', error });
    });
  }

  /** Calls `listener` after every change; returns the disposer. */
  onChange(listener: (trusted: TrustedDevice[]) => void): () => void {
    return this.#changes.on('change', listener);
  }

  /** Resolves when everything is stored, as far as it can be. */
  async flushed(): Promise<void> {
    await this.#writes;
  }

  #known(deviceId: string): StoredDevice {
    const known = [...this.#devices.values()].find((device) => device.deviceId === deviceId);
    if (known === undefined) throw new HitherError('unknown-device');
    return known;
  }

  async #put(device: StoredDevice): Promise<void> {
    this.#devices.set(device.identityKey, device);
    await this.#changed();
  }

  /** In force at once; the storage follows, one write after the other. */
  async #changed(): Promise<void> {
    this.#changes.emit('change', this.list);
    const write = this.#writes.then(async () => {
      const content = { format: 1, devices: [...this.#devices.values()] };
      await this.#options.storage.write(DOCUMENT, `${JSON.stringify(content, null, 2)}\n`);
    });
    this.#writes = write.catch(() => undefined);
    await write;
  }
}

/** Names that people take for the same. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
