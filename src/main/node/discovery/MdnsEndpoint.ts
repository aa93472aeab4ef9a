import { Bonjour, type Browser, type Service } from 'bonjour-service';
import type { DeviceInfo } from '../../../shared/device';
import { Announcement, instanceName, SERVICE_TYPE, txtRecord } from './advertisement';
import type { OwnAddress } from '../net/networkInterfaces';
import { MDNS_GROUP, multicastInterface, openMulticastSocket } from './openMulticastSocket';
import { passReadablePackets } from './readablePackets';

/** Instances the library may remember; past that the network is being flooded and it starts anew. */
const MAX_REMEMBERED = 1024;
/** Goodbyes are worth this much waiting, in ms. */
const GOODBYE_TIMEOUT_MS = 500;

export interface MdnsListener {
  onSeen(announcement: Announcement, own: OwnAddress): void;
  onGoodbye(deviceId: string): void;
}

/** Announces this device on one interface and hears of others there. */
export class MdnsEndpoint {
  readonly own: OwnAddress;
  readonly #bonjour: Bonjour;
  readonly #listener: MdnsListener;
  #browser: Browser;
  #service: Service | null = null;

  private constructor(own: OwnAddress, bonjour: Bonjour, listener: MdnsListener) {
    this.own = own;
    this.#bonjour = bonjour;
    this.#listener = listener;
    this.#browser = this.#browse();
  }

  /**
   * Joins the group on one interface and asks who is there.
   * @throws Error of the system if multicast doesn't work there
   */
  static async open(own: OwnAddress, listener: MdnsListener): Promise<MdnsEndpoint> {
    const socket = await openMulticastSocket(own);
    // Everything but name, type and port goes through to multicast-dns; the socket comes bound and joined.
    const options = {
      socket,
      type: own.family === 'IPv4' ? 'udp4' : 'udp6',
      ip: MDNS_GROUP[own.family],
      interface: multicastInterface(own),
      bind: false,
      multicast: false,
    };
    const bonjour = new Bonjour(options, () => undefined);
    passReadablePackets(socket);
    return new MdnsEndpoint(own, bonjour, listener);
  }

  /** Announces the device, again with new facts after a change of name; `null` takes the announcement back. */
  announce(device: DeviceInfo | null, port: number): void {
    this.#service?.stop();
    this.#service = null;
    if (device === null) return;
    this.#service = this.#bonjour.publish({
      name: instanceName(device.deviceId),
      host: `${instanceName(device.deviceId)}.local`,
      type: SERVICE_TYPE,
      port,
      txt: txtRecord(device),
      // The name holds 128 random bits: nobody else has it.
      probe: false,
    });
  }

  /** Asks again who is there. */
  query(): void {
    if (this.#browser.services.length > MAX_REMEMBERED) this.forget();
    else this.#browser.update();
  }

  /** Forgets what was seen, so that devices that answer from now on are reported again. */
  forget(): void {
    this.#browser.stop();
    this.#browser = this.#browse();
  }

  /** Says goodbye and leaves the group. */
  async close(): Promise<void> {
    this.#browser.stop();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GOODBYE_TIMEOUT_MS);
      this.#bonjour.unpublishAll(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    await new Promise<void>((resolve) => {
      this.#bonjour.destroy(resolve);
    });
  }

  #browse(): Browser {
    const browser = this.#bonjour.find({ type: SERVICE_TYPE });
    const seen = (service: unknown): void => {
      const announcement = Announcement.safeParse(service);
      if (announcement.success) this.#listener.onSeen(announcement.data, this.own);
    };
    browser.on('up', (service: unknown) => {
      seen(service);
      // The library looks through all that it remembers for each that it hears of.
      if (browser === this.#browser && browser.services.length > MAX_REMEMBERED) this.forget();
    });
    browser.on('srv-update', seen);
    browser.on('txt-update', seen);
    browser.on('down', (service: unknown) => {
      const announcement = Announcement.safeParse(service);
      if (announcement.success) this.#listener.onGoodbye(announcement.data.txt.id);
    });
    return browser;
  }
}
