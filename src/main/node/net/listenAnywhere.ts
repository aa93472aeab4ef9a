import type { Server } from 'node:http';
import { listen } from './listen';

/** Ports tried in a row before the system may choose one. */
const PORTS_TRIED = 10;

/**
 * Listens on every address: on `::` for both families, or on `0.0.0.0` where there is no IPv6.
 * @param firstPort the first port tried; the next nine follow, then any
 * @returns the port
 * @throws Error of the system if none can be had
 */
export async function listenAnywhere(server: Server, firstPort: number): Promise<number> {
  const ports = [...Array(PORTS_TRIED).keys()].map((i) => firstPort + i).filter((port) => port <= 65_535);
  let host = '::';
  let failure: unknown;
  for (const port of [...ports, 0]) {
    try {
      return await listen(server, host, port);
    } catch (error) {
      failure = error;
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL' && code !== 'EINVAL') continue;
      host = '0.0.0.0';
      const retried = await listen(server, host, port).catch(() => null);
      if (retried !== null) return retried;
    }
  }
  throw failure;
}
