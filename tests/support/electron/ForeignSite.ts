import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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
      response.end(url.endsWith('.js') ? '' : '<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>');
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
