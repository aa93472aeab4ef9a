import type { IncomingMessage } from 'node:http';
import { AddressBudget } from '../../shared/network/AddressBudget';
import { AddressCap } from '../../shared/network/AddressCap';
import type { CountAs } from '../../shared/network/countAs';
import { RELAY_SOCKET_PATH } from '../../shared/protocol/relay';
import type { RelaySettings } from '../settings/RelaySettings';
import { clientAddress } from './clientAddress';
import type { Caller } from './Member';
import type { Refusal } from './RelayMetrics';

/** Addresses that the budgets tell apart at a time. */
const MAX_ADDRESSES = 16_384;

/** What a refused upgrade is answered with. */
export const REFUSAL_STATUS: Readonly<Record<Refusal, string>> = {
  path: '404 Not Found',
  origin: '403 Forbidden',
  draining: '503 Service Unavailable',
  members: '503 Service Unavailable',
  address: '429 Too Many Requests',
  rate: '429 Too Many Requests',
};

/** Who may open a socket, and ask for nameplates. */
export class Door {
  isDraining = false;
  readonly #settings: RelaySettings;
  readonly #cap: AddressCap;
  readonly #sockets: AddressBudget;
  readonly #nameplates: AddressBudget;
  readonly #ownHost: string | null;

  readonly #countAs: CountAs;

  /** @param countAs what counts as one address */
  constructor(settings: RelaySettings, countAs: CountAs) {
    this.#settings = settings;
    this.#countAs = countAs;
    const { limits, publicUrl } = settings;
    this.#cap = new AddressCap(limits.maxMembers, limits.maxMembersPerAddress, countAs);
    const budget = (perAddressPerSecond: number, burstPerAddress: number): AddressBudget =>
      new AddressBudget({ perAddressPerSecond, burstPerAddress }, { maxNetworks: MAX_ADDRESSES, countAs });
    this.#sockets = budget(limits.socketsPerSecond, limits.burstSockets);
    this.#nameplates = budget(limits.nameplatesPerMinute / 60, limits.burstNameplates);
    this.#ownHost = publicUrl === null ? null : new URL(publicUrl).host;
  }

  /** Lets a socket in, or says why not. `leave` is to be called once it is closed. */
  enter(request: IncomingMessage): (Omit<Caller, 'cameTo'> & { leave: () => void }) | Refusal {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path !== this.#settings.basePath + RELAY_SOCKET_PATH) return 'path';
    if (!this.#isOwnPage(request)) return 'origin';
    if (this.isDraining) return 'draining';
    const address = clientAddress(request, this.#settings.trustedProxies);
    if (!this.#sockets.consume(address)) return 'rate';
    const leave = this.#cap.enter(address);
    if (leave !== null) return { address, countedAs: this.#countAs(address), leave };
    return this.#cap.isFull ? 'members' : 'address';
  }

  /** Whether this address may ask for one more nameplate, or claim one. */
  mayUseNameplate(address: string): boolean {
    return this.#nameplates.consume(address);
  }

  /** Browsers name the page that opens a socket: of all pages only the relay's own, as no other has business here. */
  #isOwnPage({ headers }: IncomingMessage): boolean {
    const { host, origin } = headers;
    if (origin === undefined) return true;
    // A page whose name was made to lead here would pass for the relay's own.
    if (!this.#settings.hasPages || !URL.canParse(origin)) return false;
    return new URL(origin).host === (this.#ownHost ?? host);
  }
}
