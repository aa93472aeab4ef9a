import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { LAN_SOCKET_PATH } from '../../../src/shared/protocol/lan';
import { afterwards } from './opened';

export type WireMessage = string | Buffer;

export interface OnTheWire {
  message: WireMessage;
  from: 'dialer' | 'listener';
  /** Number of this message in its direction and of its connection, from 0. */
  index: number;
  connection: number;
}

/** What goes on in place of a message: itself, something else, several things, or nothing. */
export type Rewrite = (passing: OnTheWire) => WireMessage[];

/**
 * Somebody who owns the cable in front of a port: sees every WebSocket message of both sides and sends on what it likes.
 * @returns the address that victims dial
 */
export async function manInTheMiddle(port: number, rewrite: Rewrite): Promise<string> {
  return interceptor(port, (dialer, listener, connection) => {
    const pass = (from: 'dialer' | 'listener', source: WebSocket, target: WebSocket): void => {
      let index = 0;
      source.on('message', (data, isBinary) => {
        const message = isBinary ? (data as Buffer) : (data as Buffer).toString();
        for (const each of rewrite({ message, from, index: index++, connection })) target.send(each);
      });
    };
    pass('dialer', dialer, listener);
    pass('listener', listener, dialer);
  });
}

/** Gives both ends of every connection to a port to `meet`, once both are open. */
export async function interceptor(
  port: number,
  meet: (dialer: WebSocket, listener: WebSocket, connection: number) => void,
): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  let connection = 0;
  server.on('connection', (dialer) => {
    const listener = new WebSocket(`ws://127.0.0.1:${port}${LAN_SOCKET_PATH}`, { perMessageDeflate: false });
    for (const [end, other] of [
      [dialer, listener],
      [listener, dialer],
    ] as const) {
      end.on('error', () => undefined);
      end.on('close', () => {
        other.terminate();
      });
    }
    dialer.pause();
    listener.once('open', () => {
      meet(dialer, listener, connection++);
      dialer.resume();
    });
  });
  afterwards(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
