import { WebSocket } from 'ws';
import { WebSocketBackend, type PageSocket } from '../../../src/renderer/backend/WebSocketBackend';
import { PAGE_SOCKET_PATH, PAGE_SUBPROTOCOL_PREFIX } from '../../../src/shared/contract/pageSocket';

/** The page's own client of the contract, over a real WebSocket to a page server. */
export function pageClient(url: string): { backend: WebSocketBackend; socket: WebSocket } {
  const { host, hash, origin } = new URL(url);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const sockets: WebSocket[] = [];
  const backend = new WebSocketBackend(() => {
    const socket = new WebSocket(`ws://${host}${PAGE_SOCKET_PATH}`, PAGE_SUBPROTOCOL_PREFIX + token, {
      origin,
    });
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket as unknown as PageSocket;
  });
  return { backend, socket: sockets[0]! };
}
