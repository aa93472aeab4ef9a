import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { DeviceInfo } from '../../shared/device';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import type { EndReason } from '../../shared/signaling/endReason';
import {
  type DeviceCard,
  LAN_DEVICE_PATH,
  LAN_PORT,
  LAN_SOCKET_PATH,
  type LanHello,
} from '../../shared/signaling/lan';
import type { Log } from '../log';
import { bareAddress } from './lanAddress';
import { LanSocket } from './LanSocket';
import { listenAnywhere } from './listenAnywhere';
import { readHello } from './readHello';
import { StrangerCap } from './StrangerCap';
import type { LanLimits } from './timings';

/** WebSocket framing around a hello: opcode, length, mask. */
const FRAME_OVERHEAD_BYTES = 14;

/** A stranger that has said a valid hello. Exactly one of the two functions is to be called. */
export interface Caller {
  hello: LanHello;
  /** The protocol version both sides speak. */
  version: number;
  /** Where it calls from, IPv4 unwrapped and without zone. */
  remoteAddress: string;
  /** Takes the socket out of the strangers' limits; the caller then sends the welcome. */
  admit(): LanSocket;
  refuse(reason: EndReason): void;
}

export interface LanListenerOptions {
  device: () => DeviceInfo;
  limits: LanLimits;
  log: Log;
  onCaller: (caller: Caller) => void;
  /** First port tried. */
  firstPort?: number;
}

interface Stranger {
  leave: () => void;
  deadline: NodeJS.Timeout;
}

/** What strangers on the network can reach: the device card, and the socket that sessions start on. */
export class LanListener {
  readonly #options: LanListenerOptions;
  readonly #cap: StrangerCap;
  readonly #strangers = new Map<Duplex, Stranger>();
  readonly #sockets: WebSocketServer;
  #server: Server | null = null;

  constructor(options: LanListenerOptions) {
    this.#options = options;
    const { limits } = options;
    this.#cap = new StrangerCap(limits.maxStrangers, limits.maxStrangersPerAddress);
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: limits.maxMessageBytes,
      perMessageDeflate: false,
    });
  }

  /**
   * Starts to listen on every address of the machine; resolves with the port.
   * @throws Error of the system if no port can be had
   */
  async start(): Promise<number> {
    const server = createServer({ maxHeaderSize: 4096, keepAliveTimeout: 1 });
    server.on('connection', (socket) => {
      this.#connected(socket);
    });
    server.on('request', (request, response) => {
      this.#answer(request, response);
    });
    server.on('upgrade', (request, socket, head) => {
      this.#upgrade(request, socket, head);
    });
    const port = await listenAnywhere(server, this.#options.firstPort ?? LAN_PORT);
    this.#server = server;
    this.#options.log.info('lan-listener', { to: 'listening', port });
    return port;
  }

  /** Stops listening and drops every stranger; sockets that became sessions live on. */
  stop(): void {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    // The port is free from here on; the callback would wait for the sessions' sockets, which stay.
    server.close();
    for (const socket of this.#strangers.keys()) socket.destroy();
    this.#options.log.info('lan-listener', { to: 'off' });
  }

  #connected(socket: Socket): void {
    const leave = this.#cap.enter(bareAddress(socket.remoteAddress));
    if (leave === null) {
      this.#options.log.debug('lan-listener', { refused: 'too-many-strangers' });
      socket.destroy();
      return;
    }
    // One deadline for all that a stranger may do: headers, a card, an upgrade and a hello.
    const deadline = setTimeout(() => socket.destroy(), this.#options.limits.helloTimeoutMs);
    this.#strangers.set(socket, { leave, deadline });
    socket.once('close', () => {
      this.#forget(socket);
    });
  }

  #forget(socket: Duplex): void {
    const stranger = this.#strangers.get(socket);
    if (stranger === undefined) return;
    this.#strangers.delete(socket);
    clearTimeout(stranger.deadline);
    stranger.leave();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('connection', 'close');
    if (request.method !== 'GET' || request.url !== LAN_DEVICE_PATH || request.headers.origin !== undefined) {
      response.writeHead(404).end();
      return;
    }
    const card: DeviceCard = { hither: PROTOCOL_VERSION, device: this.#options.device() };
    response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(card));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    // Browsers name an origin with every WebSocket and no backend does: web pages must not get further than this.
    const status = request.headers.origin !== undefined ? 403 : request.url === LAN_SOCKET_PATH ? 101 : 404;
    if (status !== 101 || this.#server === null) {
      socket.end(
        `HTTP/1.1 ${status === 403 ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`,
      );
      return;
    }
    const { limits } = this.#options;
    let received = head.length;
    const isTooMuch = (): boolean => received > limits.maxHelloBytes + FRAME_OVERHEAD_BYTES;
    const count = (bytes: Buffer): void => {
      received += bytes.length;
      if (isTooMuch()) socket.destroy();
    };
    socket.on('data', count);
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      const lanSocket = new LanSocket(ws, bareAddress(request.socket.remoteAddress), limits);
      void lanSocket.next().then((text) => {
        socket.off('data', count);
        if (text !== null && !isTooMuch()) this.#judge(text, lanSocket, socket);
      });
    });
  }

  #judge(text: string, socket: LanSocket, stranger: Duplex): void {
    const { log, onCaller } = this.#options;
    const refuse = (reason: EndReason): void => {
      log.debug('lan-listener', { refused: reason });
      socket.send({ type: 'refuse', reason, protocol: PROTOCOL_VERSION });
      socket.close();
    };
    const read = readHello(text);
    if ('refuse' in read) {
      refuse(read.refuse);
      return;
    }
    const admit = (): LanSocket => {
      this.#forget(stranger);
      return socket;
    };
    onCaller({ ...read, remoteAddress: socket.remoteAddress, admit, refuse });
  }
}
