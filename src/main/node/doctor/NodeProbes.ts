import type {
  DoctorProbes,
  DoctorQuestion,
  InterfaceKind,
  Measurements,
} from '../../../backend/doctor/measurements';
import { parseLanAddress } from '../net/lanAddress';
import { type OwnAddress, ownAddresses } from '../net/networkInterfaces';
import { askInternet } from './askInternet';
import { hearMulticast } from './hearMulticast';
import { visit, visitAddress } from './visit';

/** What the names of interfaces say, on Linux, macOS and Windows. */
const KINDS: readonly (readonly [InterfaceKind, RegExp])[] = [
  ['virtual', /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|cni|flannel|podman|vethernet|bridge)/i],
  [
    'vpn',
    /^(tun|tap|wg|utun|ppp|ipsec|tailscale|zt|nordlynx|proton|gpd|cscotun)|vpn|wireguard|tailscale|zerotier/i,
  ],
  ['wireless', /^(wl|wifi|wi-fi|awdl)|wireless/i],
  ['wired', /^(en|eth)/i],
];

/** Measures on this machine's network. */
export class NodeProbes implements DoctorProbes {
  readonly #interfaces: () => OwnAddress[];

  constructor(interfaces: () => OwnAddress[] = ownAddresses) {
    this.#interfaces = interfaces;
  }

  async measure({ address, internet, mayLookAround, ownId }: DoctorQuestion): Promise<Measurements> {
    const own = this.#interfaces();
    const typed = address === null ? null : parseLanAddress(address);
    const nobody = { multicast: [], devices: [] };
    const [near, far, there] = await Promise.all([
      mayLookAround ? hearMulticast(own, ownId) : nobody,
      internet === null ? null : askInternet(internet),
      typed === null ? null : visitAddress(typed),
    ]);
    return {
      system: process.platform,
      interfaces: interfacesOf(own),
      multicast: near.multicast,
      devices: await Promise.all(near.devices.map(visit)),
      address: there,
      internet: far,
    };
  }
}

function interfacesOf(own: readonly OwnAddress[]): Measurements['interfaces'] {
  const names = [...new Set(own.map(({ name }) => name))];
  return names.map((name) => ({
    name,
    kind: KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other',
    addresses: own.filter((each) => each.name === name).map(({ address }) => address),
  }));
}
