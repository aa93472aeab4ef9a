import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Its icon is in it, so that nobody comes for one at an odd moment. */
const PAGE = '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><h1>Elsewhere</h1>';

/** A site that is none of ours, on this machine; it notes who comes. */
export class ForeignSite {
  /** Path of every request. */
  readonly visits: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    server.on('request', ({ url = '' }, response) => {
      this.visits.push(url);
      response.setHeader('content-type', url.endsWith('.js') ? 'text/javascript' : 'text/html');
      response.setHeader('access-control-allow-origin', '*');
      response.end(url.endsWith('.js') ? '' : PAGE);
    });
  }

  static async open(): Promise<ForeignSite> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ForeignSite(server);
  }

  /** @param path begins with a slash */
  url(path = '/'): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
