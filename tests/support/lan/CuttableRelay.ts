import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP relay in front of a port: the cable that a test can cut, or make swallow everything. */
export class CuttableRelay {
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #port: number;
  #isCut = false;
  connections = 0;
  /** How much a new connection carries in each direction before it swallows the rest. */
  carriesBytes = Infinity;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
  }

  static async before(port: number): Promise<CuttableRelay> {
    const server = createServer({ allowHalfOpen: false });
    const relay = new CuttableRelay(server, port);
    server.on('connection', (outer) => {
      relay.#connected(outer, relay.#port);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return relay;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  #connected(outer: Socket, port: number): void {
    this.connections += 1;
    if (this.#isCut) {
      outer.destroy();
      return;
    }
    const inner = connect(port, '127.0.0.1');
    const pair: [Socket, Socket] = [outer, inner];
    this.#pairs.add(pair);
    for (const [from, to] of [pair, [inner, outer] as const]) {
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
      let leftBytes = this.carriesBytes;
      from.on('data', (data) => {
        if (!to.destroyed && leftBytes > 0) to.write(data.subarray(0, leftBytes));
        leftBytes -= data.length;
      });
    }
  }

  /** New connections go to another port: somebody else has the address now. */
  leadTo(port: number): void {
    this.#port = port;
  }

  /** Destroys every connection; new ones get through again after `mend`. */
  cut(): void {
    this.#isCut = true;
    for (const [outer] of this.#pairs) outer.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** Both ends stay open and hear nothing any more, as when a machine is put to sleep. */
  freeze(): void {
    for (const pair of this.#pairs)
      for (const socket of pair) {
        socket.removeAllListeners('data');
        socket.on('data', () => undefined);
      }
  }

  async close(): Promise<void> {
    for (const [outer, inner] of this.#pairs) {
      outer.destroy();
      inner.destroy();
    }
    this.#server.close();
    await once(this.#server, 'close');
  }
}
