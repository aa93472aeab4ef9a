import { Backoff, type BackoffTimes } from '../../../shared/Backoff';
import type { DeviceInfo } from '../../../shared/device';
import type { Log } from '../../../backend/ports';
import { MdnsEndpoint, type MdnsListener } from './MdnsEndpoint';
import { isLinkLocal, type OwnAddress } from '../net/networkInterfaces';

/** Between the questions to the network: quick at first, then rare, as RFC 6762 §5.2 asks. */
const QUERIES: BackoffTimes = { firstMs: 1_000, longestMs: 60_000 };

/** mDNS on every usable interface, IPv4 and IPv6, following interfaces that come and go. */
export class Mdns {
  readonly #listener: MdnsListener;
  readonly #log: Log;
  readonly #endpoints = new Map<string, MdnsEndpoint>();
  readonly #port: number;
  readonly #queries = new Backoff(QUERIES);
  #device: DeviceInfo | null;
  #own: readonly OwnAddress[] = [];
  #timer: NodeJS.Timeout | undefined;
  #hasFailed = false;

  /** @param device what is announced; `null` for a device that listens only */
  constructor(device: DeviceInfo | null, port: number, listener: MdnsListener, log: Log) {
    this.#device = device && { ...device };
    this.#port = port;
    this.#listener = listener;
    this.#log = log;
  }

  /** Multicast works on no interface, though there is one. */
  get isBlocked(): boolean {
    return this.#hasFailed && this.#endpoints.size === 0;
  }

  /** Opens what is new and leaves what is gone; interfaces where multicast failed are tried again. */
  async follow(addresses: readonly OwnAddress[]): Promise<void> {
    const wanted = onePerInterface(addresses);
    let hasChanged = !isSameList(addresses, this.#own);
    this.#own = addresses;
    for (const [key, endpoint] of this.#endpoints) {
      if (wanted.has(key)) continue;
      this.#endpoints.delete(key);
      // No goodbye: the device is still there, at its other addresses or its next one.
      endpoint.close();
    }
    const failures: unknown[] = [];
    for (const [key, own] of wanted) {
      if (this.#endpoints.has(key)) continue;
      try {
        this.#endpoints.set(key, await MdnsEndpoint.open(own, this.#listener));
        hasChanged = true;
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0 && !this.#hasFailed)
      this.#log.info('mdns', { failed: failures.map((error) => (error as NodeJS.ErrnoException).code) });
    this.#hasFailed = failures.length > 0;
    if (hasChanged) this.refresh();
  }

  /** Announces the device as it is now, or no longer (`null`); nothing happens where that is what others know. */
  announce(device: DeviceInfo | null): void {
    if (JSON.stringify(device) === JSON.stringify(this.#device)) return;
    this.#device = device && { ...device };
    this.#announce();
  }

  /** Asks again who is there, now, and says again that this device is. */
  refresh(): void {
    this.#announce();
    this.#queries.reset();
    clearTimeout(this.#timer);
    this.#ask();
  }

  /** Says goodbye everywhere. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const endpoints = [...this.#endpoints.values()];
    this.#endpoints.clear();
    await Promise.all(endpoints.map((endpoint) => endpoint.goodbye()));
    for (const endpoint of endpoints) endpoint.close();
  }

  #announce(): void {
    for (const endpoint of this.#endpoints.values()) {
      if (this.#device === null) void endpoint.goodbye();
      else
        endpoint.announce({ device: this.#device, port: this.#port, addresses: this.#toldOn(endpoint.own) });
    }
  }

  /** All addresses, so that others know the way when an interface goes; link-local ones mean something on their own. */
  #toldOn({ zone }: OwnAddress): string[] {
    return this.#own
      .filter((own) => own.zone === zone || !isLinkLocal(own.address))
      .map(({ address }) => address);
  }

  /** Asks now, and again after longer and longer pauses. */
  #ask(): void {
    for (const endpoint of this.#endpoints.values()) endpoint.query();
    this.#timer = setTimeout(() => {
      this.#ask();
    }, this.#queries.next());
  }
}

/** An interface with several addresses of a family needs one socket for each family. */
export function onePerInterface(addresses: readonly OwnAddress[]): Map<string, OwnAddress> {
  const chosen = new Map<string, OwnAddress>();
  for (const own of addresses) {
    // mDNS over IPv6 is link-local; an interface without such an address has none.
    if (own.family === 'IPv6' && !isLinkLocal(own.address)) continue;
    const key = `${own.name} ${own.family}`;
    if (!chosen.has(key)) chosen.set(key, own);
  }
  return new Map([...chosen].map(([key, own]) => [`${key} ${own.address}`, own]));
}

function isSameList(a: readonly OwnAddress[], b: readonly OwnAddress[]): boolean {
  const text = (list: readonly OwnAddress[]): string =>
    list.map(({ zone, address }) => `${address}%${zone}`).join();
  return text(a) === text(b);
}
