import type { Wrap } from '../app/Instance';
import { isAlive } from '../app/scratchFolder';
import { attempt, command } from './command';
import { type WanEnds, WanLink, type WanOptions } from './WanLink';

/** Prefix of every namespace made here; the maker's pid follows, so that leftovers of a crash can be told apart. */
export const PREFIX = 'hither';
const SUBNET_V4 = '10.83.0';
const SUBNET_V6 = 'fd83::';

/** How much higher a host's number is in the addresses that it has after a move. */
const MOVED = 100;
const MULTICAST_DNS_PORT = 5353;

const MULTICAST_DNS_BLOCK =
  'table bridge lab { chain forward { type filter hook forward priority 0; udp dport 5353 drop; }; }';

let networks = 0;

/** One machine of the lab's network: a network namespace with one wire to the switch. */
export interface NetworkHost {
  readonly namespace: string;
  readonly addressV4: string;
  readonly addressV6: string;
  /** Puts `program args` into the namespace: the words to execute instead. */
  readonly wrap: Wrap;
  /** Pulls the cable, as the switch sees it: the host's interface loses its carrier too. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /**
   * Gives it other addresses than it has, as another lease does, until the network is mended.
   * @param to `IPv4` leaves it no IPv6 at all, as on a network that has none
   */
  move(to?: 'IPv4'): Promise<void>;
  /** What has gone out over the wire, with all headers. */
  sentBytes(): Promise<number>;
}

/**
 * Hosts on one switch, each in its own network namespace. The switch is a bridge in a namespace of its own, so nothing
 * of the machine's real network is touched, names and subnets can't collide, and deleting the namespaces deletes all.
 */
export class Network {
  readonly #id = `${PREFIX}-${process.pid}-${++networks}`;
  readonly #hosts: string[] = [];
  readonly #numbers = new Map<string, number>();
  #line: WanLink | null = null;
  readonly #unplugged = new Set<string>();
  /** Hosts that have other addresses than their own, by namespace. */
  readonly #moved = new Map<string, number>();
  #hasRules = false;

  private constructor() {}

  /** Builds an empty switch, after removing what dead runs left. Needs root. */
  static async create(): Promise<Network> {
    await removeLeftovers();
    const network = new Network();
    const ns = network.#switch;
    await command('ip', 'netns', 'add', ns);
    await command('ip', '-n', ns, 'link', 'set', 'lo', 'up');
    // Without an IGMP querier a snooping bridge forgets who listens, and multicast stops after minutes.
    await command(
      'ip',
      '-n',
      ns,
      'link',
      'add',
      'br0',
      'type',
      'bridge',
      'mcast_snooping',
      '0',
      'forward_delay',
      '0',
    );
    await command('ip', '-n', ns, 'addr', 'add', `${SUBNET_V4}.1/24`, 'dev', 'br0');
    await command('ip', '-n', ns, 'addr', 'add', `${SUBNET_V6}1/64`, 'dev', 'br0', 'nodad');
    await command('ip', '-n', ns, 'link', 'set', 'br0', 'up');
    return network;
  }

  get #switch(): string {
    return `${this.#id}-switch`;
  }

  /** Adds a host. */
  async addHost(): Promise<NetworkHost> {
    const number = this.#hosts.length + 2;
    const ns = `${this.#id}-host${number}`;
    const port = `port${number}`;
    this.#hosts.push(ns);
    this.#numbers.set(ns, number);
    await command('ip', 'netns', 'add', ns);
    await command('ip', 'netns', 'exec', ns, 'sysctl', '-qw', 'net.ipv6.conf.default.accept_dad=0');
    await command('ip', '-n', ns, 'link', 'set', 'lo', 'up');
    await command(
      'ip',
      '-n',
      this.#switch,
      'link',
      'add',
      port,
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      ns,
    );
    await command('ip', '-n', this.#switch, 'link', 'set', port, 'master', 'br0', 'up');
    await command('ip', '-n', ns, 'link', 'set', 'eth0', 'up');
    await setAddresses(ns, number);
    return {
      namespace: ns,
      addressV4: `${SUBNET_V4}.${number}`,
      addressV6: `${SUBNET_V6}${number}`,
      wrap: (program, ...args) => ['ip', 'netns', 'exec', ns, program, ...args],
      unplug: () => this.#setPort(port, 'down'),
      plugIn: () => this.#setPort(port, 'up'),
      move: async (to) => {
        this.#moved.set(ns, number);
        if (to === 'IPv4') await setIPv6(ns, 'off');
        await setAddresses(ns, number + MOVED, to);
      },
      sentBytes: async () => {
        const statistics = '/sys/class/net/eth0/statistics/tx_bytes';
        return Number(await command('ip', 'netns', 'exec', ns, 'cat', statistics));
      },
    };
  }

  /** Makes the switch drop multicast DNS, as guest networks and managed access points do. Needs nft. */
  async blockMulticastDns(): Promise<void> {
    await this.#nft(MULTICAST_DNS_BLOCK);
  }

  /**
   * Makes the switch drop TCP between the hosts, but for that of one port; UDP passes. Needs nft.
   * @returns lets it pass again
   */
  async blockTcp({ butPort }: { butPort: number }): Promise<() => Promise<void>> {
    return this.#wall(`tcp dport != ${butPort} tcp sport != ${butPort}`);
  }

  /**
   * Makes the switch drop what goes to or from some TCP ports. Needs nft.
   * @returns lets it pass again
   */
  async blockTcpPorts(first: number, last: number): Promise<() => Promise<void>> {
    const ports = `${first}-${last}`;
    return this.#wall(`tcp dport ${ports}`, `tcp sport ${ports}`);
  }

  /**
   * Makes the switch drop UDP, but for multicast DNS. Needs nft.
   * @returns lets it pass again
   */
  async blockUdp(): Promise<() => Promise<void>> {
    return this.#wall(`udp dport != ${MULTICAST_DNS_PORT}`);
  }

  /**
   * Makes the switch drop TCP packets that are longer than it says, without a word, as a tunnel does that nobody told of its
   * limit. Needs nft.
   * @returns lets them pass again
   */
  async dropTcpLongerThan(bytes: number): Promise<() => Promise<void>> {
    return this.#wall(`meta l4proto tcp meta length > ${bytes}`);
  }

  /**
   * Puts a long line between two hosts in place of their cables, until the network is mended.
   * @param dir where the program is put that plays the line
   * @returns their addresses on it
   */
  async stretch(a: NetworkHost, b: NetworkHost, dir: string, options: WanOptions): Promise<WanEnds> {
    for (const host of [a, b]) {
      await host.unplug();
      this.#moved.set(host.namespace, this.#numbers.get(host.namespace) ?? 0);
    }
    this.#line = await WanLink.start({ a: a.namespace, b: b.namespace, dir }, options);
    return WanLink.addresses;
  }

  /** Puts every cable back and takes every rule away, those of the hosts too. */
  async mend(): Promise<void> {
    await this.#line?.stop();
    this.#line = null;
    for (const port of this.#unplugged) await this.#setPort(port, 'up');
    for (const [ns, number] of this.#moved) {
      await setIPv6(ns, 'on');
      await setAddresses(ns, number);
    }
    this.#moved.clear();
    if (this.#hasRules) await this.#nft('flush ruleset');
    this.#hasRules = false;
    for (const ns of this.#hosts) await command('ip', 'netns', 'exec', ns, 'nft', 'flush ruleset');
  }

  /** Drops what fits any of some conditions, until the returned function is called. */
  async #wall(...conditions: readonly string[]): Promise<() => Promise<void>> {
    const rules = conditions.map((condition) => `${condition} counter drop; `).join('');
    await this.#nft(`table bridge wall { chain forward { type filter hook forward priority 0; ${rules}}; }`);
    return async () => {
      await this.#nft('delete table bridge wall');
    };
  }

  async #nft(rules: string): Promise<void> {
    this.#hasRules = true;
    await command('ip', 'netns', 'exec', this.#switch, 'nft', rules);
  }

  async #setPort(port: string, state: 'up' | 'down'): Promise<void> {
    if (state === 'down') this.#unplugged.add(port);
    else this.#unplugged.delete(port);
    await command('ip', '-n', this.#switch, 'link', 'set', port, state);
  }

  /** Removes the network; processes still inside are killed. */
  async remove(): Promise<void> {
    await this.#line?.stop();
    for (const ns of [...this.#hosts, this.#switch]) await removeNamespace(ns);
  }
}

/** Gives a host the addresses of a number, and no others. */
async function setAddresses(ns: string, number: number, only?: 'IPv4'): Promise<void> {
  await command('ip', '-n', ns, 'addr', 'flush', 'dev', 'eth0', 'scope', 'global');
  await command('ip', '-n', ns, 'addr', 'add', `${SUBNET_V4}.${number}/24`, 'dev', 'eth0');
  // WebRTC asks the routing table for its own address and gathers no candidates where nothing leads out.
  await command('ip', '-n', ns, 'route', 'replace', 'default', 'via', `${SUBNET_V4}.1`);
  if (only === 'IPv4') return;
  await command('ip', '-n', ns, 'addr', 'add', `${SUBNET_V6}${number}/64`, 'dev', 'eth0', 'nodad');
  await command('ip', '-n', ns, 'route', 'replace', 'default', 'via', `${SUBNET_V6}1`);
}

/** Off takes every IPv6 address of a host's interface away; on gives it a link-local one, as when it comes up. */
async function setIPv6(ns: string, state: 'on' | 'off'): Promise<void> {
  const setting = `net.ipv6.conf.eth0.disable_ipv6=${state === 'off' ? 1 : 0}`;
  await command('ip', 'netns', 'exec', ns, 'sysctl', '-qw', setting);
}

/** Removes namespaces whose maker is dead, with the processes in them. */
export async function removeLeftovers(): Promise<void> {
  const names = (await command('ip', 'netns', 'list')).split('\n').map((line) => line.split(' ', 1)[0] ?? '');
  for (const name of names) {
    const maker = new RegExp(`^${PREFIX}-(\\d+)-`).exec(name)?.[1];
    if (maker !== undefined && !isAlive(Number(maker))) await removeNamespace(name);
  }
}

export async function removeNamespace(ns: string): Promise<void> {
  const pids = await command('ip', 'netns', 'pids', ns).catch(() => '');
  for (const pid of pids.split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself between the list and the signal.
    }
  }
  await attempt('ip', 'netns', 'delete', ns);
}
