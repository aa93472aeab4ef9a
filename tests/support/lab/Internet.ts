import type { Wrap } from '../app/Instance';
import { command } from './command';
import { PREFIX, removeLeftovers, removeNamespace } from './Network';

/** Set aside for trials (AMPRNet): no server takes it for a private network, and from in here nothing leads there. */
const PUBLIC = '44.128.0';

/** Where coturn listens without TLS (RFC 8656, 19). */
const TURN_PORT = 3478;

let internets = 0;

/** A machine with addresses of its own: a namespace, and how to run something there. */
export interface InternetHost {
  readonly namespace: string;
  readonly address: string;
  /** Puts `program args` into the namespace: the words to execute instead. */
  readonly wrap: Wrap;
}

export interface LanOptions {
  /**
   * What its router does with those behind it. `cone` keeps the port that a socket has, for all it talks to; `symmetric` gives it
   * another one for each, so that nobody can tell from one what the next will see.
   */
  nat: 'cone' | 'symmetric';
  /** What its firewall lets out: everything, TCP alone, or TCP but for TURN that is not over TLS. */
  lets?: 'all' | 'tcp' | 'tls';
}

/** A network behind a router of its own, with one or more hosts. */
export interface Lan {
  /** What the internet sees. */
  readonly publicAddress: string;
  addHost(): Promise<InternetHost>;
  /** Its router does something else from now on, with what begins from now on. */
  behave(options: LanOptions): Promise<void>;
  /** Gives a host of another network an interface here as well, by which it goes only if the others are gone. */
  join(host: InternetHost): Promise<void>;
  /** Takes the interface away that a host has here, as a cable that is pulled or a Wi-Fi that is out of reach. */
  leave(host: InternetHost): Promise<void>;
}

/**
 * Public servers and networks behind NATs, in network namespaces. All hang on one switch with public-looking addresses; each network
 * has a router that masquerades. Needs root and nft.
 */
export class Internet {
  readonly #id = `${PREFIX}-${process.pid}-internet${++internets}`;
  readonly #namespaces: string[] = [];
  #lans = 0;
  #servers = 0;

  private constructor() {}

  static async create(): Promise<Internet> {
    await removeLeftovers();
    const internet = new Internet();
    await internet.#addSwitch(internet.#core, 'br0');
    return internet;
  }

  get #core(): string {
    return `${this.#id}-core`;
  }

  /** A machine that everybody can reach. */
  async addServer(): Promise<InternetHost> {
    const number = ++this.#servers;
    const namespace = await this.#addNamespace(`server${number}`);
    const address = `${PUBLIC}.${9 + number}`;
    await this.#plug({ bridge: this.#core, port: `server${number}`, namespace, name: 'eth0', address });
    return { namespace, address, wrap: wrapIn(namespace) };
  }

  async addLan(options: LanOptions): Promise<Lan> {
    const number = ++this.#lans;
    const router = await this.#addNamespace(`router${number}`);
    const subnet = `192.168.${10 + number}`;
    const publicAddress = `${PUBLIC}.${100 + number}`;
    await this.#plug({
      ...{ bridge: this.#core, port: `router${number}`, namespace: router, name: 'wan0' },
      address: publicAddress,
    });
    await this.#addSwitch(router, 'lan0', `${subnet}.1/24`);
    await inside(router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    const behave = async (how: LanOptions): Promise<void> => {
      await inside(router, 'nft', `flush ruleset; ${rulesOf(how)}`);
    };
    await behave(options);
    let hosts = 1;
    const plug = async (namespace: string, name: string, metric: number): Promise<string> => {
      const address = `${subnet}.${++hosts}`;
      await this.#plug({ bridge: router, port: `host${hosts}`, namespace, name, address, master: 'lan0' });
      await ip(namespace, 'route', 'add', 'default', 'via', `${subnet}.1`, 'metric', String(metric));
      return address;
    };
    const nameIn = (host: InternetHost): string =>
      host.address.startsWith(`${subnet}.`) ? 'eth0' : `lan${number}`;
    return {
      publicAddress,
      behave,
      addHost: async () => {
        const namespace = await this.#addNamespace(`lan${number}-host${hosts + 1}`);
        const address = await plug(namespace, 'eth0', 100);
        return { namespace, address, wrap: wrapIn(namespace) };
      },
      join: async (host) => {
        await plug(host.namespace, nameIn(host), 200);
      },
      leave: async (host) => {
        await ip(host.namespace, 'link', 'set', nameIn(host), 'down');
      },
    };
  }

  /** Removes all of it; processes still inside are killed. */
  async remove(): Promise<void> {
    for (const namespace of [...this.#namespaces].reverse()) await removeNamespace(namespace);
  }

  async #addNamespace(name: string): Promise<string> {
    const namespace = `${this.#id}-${name}`;
    await command('ip', 'netns', 'add', namespace);
    this.#namespaces.push(namespace);
    await ip(namespace, 'link', 'set', 'lo', 'up');
    return namespace;
  }

  async #addSwitch(namespace: string, name: string, address?: string): Promise<void> {
    if (namespace === this.#core) await this.#addNamespace('core');
    await ip(namespace, 'link', 'add', name, 'type', 'bridge', 'mcast_snooping', '0', 'forward_delay', '0');
    if (address !== undefined) await ip(namespace, 'addr', 'add', address, 'dev', name);
    await ip(namespace, 'link', 'set', name, 'up');
  }

  /** A wire from a switch to a machine. */
  async #plug(wire: {
    bridge: string;
    port: string;
    namespace: string;
    name: string;
    address: string;
    master?: string;
  }): Promise<void> {
    const { bridge, port, namespace, name, address, master = 'br0' } = wire;
    await ip(bridge, 'link', 'add', port, 'type', 'veth', 'peer', 'name', name, 'netns', namespace);
    await ip(bridge, 'link', 'set', port, 'master', master, 'up');
    await ip(namespace, 'addr', 'add', `${address}/24`, 'dev', name);
    await ip(namespace, 'link', 'set', name, 'up');
  }
}

/**
 * Linux keeps a port where it is free, and with `fully-random` chooses one for each connection. What knocks unasked is dropped, as
 * routers do at home: a packet that the router itself answered would take the port for its sender, and holes could not be punched.
 */
function rulesOf({ nat, lets = 'all' }: LanOptions): string {
  const masquerade = nat === 'cone' ? 'masquerade' : 'masquerade random,fully-random';
  const walls = { all: '', tcp: 'meta l4proto udp counter drop;' };
  const wall = lets === 'tls' ? `${walls.tcp} tcp dport ${TURN_PORT} drop;` : walls[lets];
  return `table ip router {
    chain out { type nat hook postrouting priority srcnat; oifname "wan0" ${masquerade}; }
    chain in { type filter hook input priority filter; iifname "wan0" ct state new drop; }
    chain through { type filter hook forward priority 0; policy drop;
      ${wall} iifname "lan0" accept; ct state established,related accept; }
  }`;
}

function wrapIn(namespace: string): Wrap {
  return (program, ...args) => ['ip', 'netns', 'exec', namespace, program, ...args];
}

async function ip(namespace: string, ...args: string[]): Promise<string> {
  return command('ip', '-n', namespace, ...args);
}

async function inside(namespace: string, program: string, ...args: string[]): Promise<string> {
  return command('ip', 'netns', 'exec', namespace, program, ...args);
}
