import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { RELAY_SOCKET_PATH } from '../../../src/shared/protocol/relay';
import { afterwards } from '../lan/opened';

/** One message on its way. */
interface Passing {
  /** To which client, in the order in which they came; or from it. */
  client: number;
  isToClient: boolean;
  isBinary: boolean;
  bytes: Buffer;
}

/** What is sent on in place of a message: itself, others, or nothing. */
export type Lie = (
  message: Passing,
  say: (client: number, bytes: Buffer, isBinary: boolean) => void,
) => Buffer[];

/** A relay that does with what passes whatever a test tells it; in front of an honest one. */
export class LyingRelay {
  /** Everything that passed, both ways. */
  readonly seen: Buffer[] = [];
  lie: Lie = ({ bytes }) => [bytes];
  readonly #clients: WebSocket[] = [];
  #port = 0;

  /** @param honest address of the honest one's socket */
  static async before(honest: string): Promise<LyingRelay> {
    const relay = new LyingRelay();
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path: RELAY_SOCKET_PATH });
    server.on('connection', (client) => relay.#connected(client, honest));
    await once(server, 'listening');
    relay.#port = (server.address() as AddressInfo).port;
    afterwards(() => {
      for (const client of relay.#clients) client.terminate();
      server.close();
    });
    return relay;
  }

  get http(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many sockets have come so far. */
  get connections(): number {
    return this.#clients.length;
  }

  /** Says something to a client that the honest one did not. */
  say(client: number, bytes: Buffer, isBinary: boolean): void {
    this.#clients[client]?.send(bytes, { binary: isBinary });
  }

  #connected(client: WebSocket, honest: string): void {
    const number = this.#clients.push(client) - 1;
    const upstream = new WebSocket(honest, { perMessageDeflate: false });
    const opened = once(upstream, 'open').catch(() => undefined);
    const pass = (isToClient: boolean) => async (data: unknown, isBinary: boolean) => {
      await opened;
      const bytes = data as Buffer;
      this.seen.push(bytes);
      const message = { client: number, isToClient, isBinary, bytes };
      const target = isToClient ? client : upstream;
      for (const each of this.lie(message, (who, what, binary) => this.say(who, what, binary)))
        if (target.readyState === WebSocket.OPEN) target.send(each, { binary: isBinary });
    };
    client.on('message', (data, isBinary) => void pass(false)(data, isBinary));
    upstream.on('message', (data, isBinary) => void pass(true)(data, isBinary));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', (code, reason) => {
        if (code >= 4_000) other.close(code, reason);
        else other.terminate();
      });
    }
  }
}
