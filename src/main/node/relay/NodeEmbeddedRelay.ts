import type { EmbeddedRelay, Log } from '../../../backend/ports';
import type { Relay } from '../../../relay/createRelayOn';
import { HitherError } from '../../../shared/errors';
import { isLinkLocal, isSelfAssigned, type OwnAddress, ownAddresses } from '../net/networkInterfaces';

/** How often this machine's addresses are looked at while the relay is on, in ms: no system tells Node when they change. */
const FOLLOW_PERIOD_MS = 1_000;

export interface NodeEmbeddedRelayOptions {
  onPlace: () => void;
  log: Log;
  interfaces?: () => OwnAddress[];
}

/** The relay in this process. Its code is loaded when it is turned on for the first time: most people never do. */
export class NodeEmbeddedRelay implements EmbeddedRelay {
  readonly #options: NodeEmbeddedRelayOptions;
  readonly #interfaces: () => OwnAddress[];
  #relay: Relay | null = null;
  #place: { port: number; hosts: readonly string[] } | null = null;
  #followTimer: NodeJS.Timeout | undefined;

  constructor(options: NodeEmbeddedRelayOptions) {
    this.#options = options;
    this.#interfaces = options.interfaces ?? ownAddresses;
  }

  get place(): EmbeddedRelay['place'] {
    if (this.#place === null) return null;
    const { hosts, port } = this.#place;
    return { port, addresses: hosts.map((host) => ({ host, port })) };
  }

  async start(wantedPort: number): Promise<void> {
    const { createEmbeddedRelay } = await import('../../../relay/createEmbeddedRelay');
    const relay = createEmbeddedRelay(wantedPort, this.#options.log);
    try {
      const port = await relay.start();
      this.#relay = relay;
      this.#place = { port, hosts: this.#hosts() };
    } catch (error) {
      await relay.close();
      throw startError(error, wantedPort);
    }
    this.#followTimer = setInterval(() => this.#follow(), FOLLOW_PERIOD_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#followTimer);
    this.#place = null;
    const relay = this.#relay;
    this.#relay = null;
    await relay?.drain();
  }

  #follow(): void {
    const hosts = this.#hosts();
    if (this.#place === null || hosts.join() === this.#place.hosts.join()) return;
    this.#place = { ...this.#place, hosts };
    this.#options.onPlace();
  }

  /**
   * An IPv6 address that means something on one link alone is none that can be passed on: it needs a zone. One of IPv4 is, where there
   * is no other: two machines on one cable have nothing else.
   */
  #hosts(): string[] {
    const hosts = this.#interfaces()
      .map(({ address }) => address)
      .filter((address) => !isLinkLocal(address));
    const assigned = hosts.filter((host) => !isSelfAssigned(host));
    return assigned.length > 0 ? assigned : hosts;
  }
}

/** Why nothing listens there, for a person; anything but a refusal of the system is a bug. */
function startError(error: unknown, port: number): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new HitherError('port-taken', { port }, error);
  if (code === 'EACCES' || code === 'EPERM') return new HitherError('port-not-allowed', { port }, error);
  return syscall === 'listen' || syscall === 'bind'
    ? new HitherError('port-unusable', { port, detail: code ?? '' }, error)
    : error;
}
