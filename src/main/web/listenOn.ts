import type { Server } from 'node:http';
import { listen } from '../node/net/listen';

/** IPv4 first: it is the address that is printed. */
export const LOOPBACK_HOSTS = ['127.0.0.1', '::1'] as const;

/** First port tried for the page where the person named none; the next nineteen follow, then any. */
const FIRST_PORT = 47_170;
const PORTS_TRIED = 20;

/** A port that the person asked for is in use, or may not be used. */
export class PortTakenError extends Error {
  readonly port: number;

  constructor(port: number, cause: unknown) {
    super(`port ${port} can't be used`, { cause });
    this.name = 'PortTakenError';
    this.port = port;
  }
}

/**
 * Listens on one port of several hosts, one server each. The first host must work; the others are left out where the
 * machine lacks them.
 * @param port the port to use, or `null` for the first that is free
 * @throws PortTakenError if `port` is taken
 */
export async function listenOn(
  hosts: readonly [string, ...string[]],
  port: number | null,
  make: () => Server,
): Promise<{ servers: Server[]; port: number }> {
  const candidates =
    port === null ? [...Array(PORTS_TRIED).keys()].map((i) => FIRST_PORT + i).concat(0) : [port];
  let failure: unknown;
  for (const candidate of candidates) {
    const first = make();
    try {
      const actual = await listen(first, hosts[0], candidate);
      const servers = [first];
      for (const host of hosts.slice(1)) {
        const server = make();
        await listen(server, host, actual).then(
          () => servers.push(server),
          () => undefined,
        );
      }
      return { servers, port: actual };
    } catch (error) {
      failure = error;
    }
  }
  throw new PortTakenError(port ?? FIRST_PORT, failure);
}
