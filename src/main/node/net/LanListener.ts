import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { DeviceInfo } from '../../../shared/device';
import type { ListenerHandshake } from '../../../shared/identity/ListenerHandshake';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version';
import {
  type DeviceCard,
  LAN_DEVICE_PATH,
  LAN_PORT,
  LAN_REACH_PATH,
  LAN_SOCKET_PATH,
  type ReachAnswer,
} from '../../../shared/protocol/lan';
import type { Log } from '../../../backend/ports';
import { answerStranger, type Caller } from '../../../backend/sessions/incoming/answerStranger';
import { AddressBudget } from '../../../shared/network/AddressBudget';
import { AddressCap } from '../../../shared/network/AddressCap';
import { byNeighbour } from '../../../shared/network/countAs';
import { bareAddress } from '../../../shared/address';
import { SocketCarrier } from './SocketCarrier';
import { listenAnywhere } from './listenAnywhere';
import { ownAddresses } from './networkInterfaces';
import type { SessionLimits } from '../../../backend/sessions/timings';

export interface LanListenerOptions {
  /** What the device card says; `null` while this device is hidden. */
  card: () => DeviceInfo | null;
  /** Dials who asks from this address, for its doctor. */
  reachBack: (address: string) => Promise<ReachAnswer>;
  /** Waited for before a handshake begins; see `AnswerOptions`. */
  pageKnown: () => Promise<void>;
  handshake: () => ListenerHandshake;
  /** Whether a session lives with this address. */
  isKnown: (address: string) => boolean;
  limits: SessionLimits;
  log: Log;
  onCaller: (caller: Caller) => void;
  /** First port tried. */
  firstPort?: number;
}

/** How often strangers may have themselves dialed, a second and at once, in all and from one address: a doctor asks once. */
const REACH_BUDGET = { perSecond: 2, burst: 16, perAddressPerSecond: 0.2, burstPerAddress: 4 };

interface Stranger {
  leave: () => void;
  deadline: NodeJS.Timeout;
}

/** What strangers on the network can reach: the device card, and the socket that sessions start on. */
export class LanListener {
  readonly #options: LanListenerOptions;
  readonly #cap: AddressCap;
  readonly #budget: AddressBudget;
  readonly #reaches: AddressBudget;
  readonly #strangers = new Map<Duplex, Stranger>();
  readonly #sockets: WebSocketServer;
  #server: Server | null = null;

  constructor(options: LanListenerOptions) {
    this.#options = options;
    const { limits } = options;
    const countAs = byNeighbour(() => ownAddresses().map(({ address }) => address));
    this.#cap = new AddressCap(limits.maxStrangers, limits.maxStrangersPerAddress, countAs);
    this.#reaches = new AddressBudget(REACH_BUDGET, { countAs });
    const rates = {
      perSecond: limits.handshakesPerSecond,
      burst: limits.burstHandshakes,
      perAddressPerSecond: limits.handshakesPerAddressPerSecond,
      burstPerAddress: limits.burstHandshakesPerAddress,
    };
    this.#budget = new AddressBudget(rates, { countAs });
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
    const address = bareAddress(socket.remoteAddress);
    const leave = this.#cap.enter(address, this.#options.isKnown(address));
    if (leave === null) {
      this.#options.log.debug('lan-listener', { refused: 'too-many-strangers' });
      socket.destroy();
      return;
    }
    // One deadline for all that a stranger may do: headers, a card, an upgrade and a handshake.
    const deadline = setTimeout(() => socket.destroy(), this.#options.limits.strangerTimeoutMs);
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
    const isCard = request.method === 'GET' && request.url === LAN_DEVICE_PATH;
    const device = isCard && request.headers.origin === undefined ? this.#options.card() : null;
    if (this.#isReachQuestion(request)) {
      void this.#answerReach(request, response);
      return;
    }
    if (device === null) {
      response.writeHead(404).end();
      return;
    }
    const card: DeviceCard = { hither: PROTOCOL_VERSION, device };
    response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(card));
  }

  /** A device that is hidden answers nobody, and a web page gets no answer. */
  #isReachQuestion({ headers, method, url }: IncomingMessage): boolean {
    return (
      method === 'GET' &&
      url === LAN_REACH_PATH &&
      headers.origin === undefined &&
      this.#options.card() !== null
    );
  }

  async #answerReach({ socket }: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = bareAddress(socket.remoteAddress);
    if (!this.#reaches.consume(address)) {
      response.writeHead(429).end();
      return;
    }
    const answer = await this.#options.reachBack(address);
    response
      .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(answer));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    // Browsers name an origin with every WebSocket and no backend does: web pages must not get further than this.
    const status = request.headers.origin !== undefined ? 403 : request.url === LAN_SOCKET_PATH ? 101 : 404;
    if (status !== 101 || this.#server === null) {
      // It would stay half open until its deadline where the other end keeps its half.
      socket.once('finish', () => socket.destroy());
      socket.end(
        `HTTP/1.1 ${status === 403 ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`,
      );
      return;
    }
    const { limits } = this.#options;
    let received = head.length;
    const count = (bytes: Buffer): void => {
      received += bytes.length;
      if (received > limits.maxStrangerBytes) socket.destroy();
    };
    socket.on('data', count);
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      const address = bareAddress(request.socket.remoteAddress);
      void this.#shakeHands(new SocketCarrier(ws, address, limits), address, () => {
        socket.off('data', count);
        this.#forget(socket);
      });
    });
  }

  async #shakeHands(socket: SocketCarrier, address: string, admit: () => void): Promise<void> {
    const { handshake, isKnown, log, onCaller, pageKnown } = this.#options;
    try {
      const caller = await answerStranger(socket, {
        pageKnown,
        begin: handshake,
        mayBegin: () => this.#budget.consume(address, isKnown(address)),
        admit,
        onRefused: (reason) => {
          log.debug('lan-listener', { refused: reason });
        },
      });
      if (caller !== null) onCaller(caller);
    } catch (error) {
      log.error('lan-listener', { error });
      socket.kill();
    }
  }
}
