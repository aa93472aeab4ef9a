import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { bareAddress, isPublicHost } from '../../shared/address';
import { AddressCap } from '../../shared/network/AddressCap';
import type { CountAs } from '../../shared/network/countAs';
import {
  MAX_RELAY_TEXT_BYTES,
  RELAY_ABOUT_PATH,
  RELAY_SOCKET_PATH,
  RELAY_VERSION,
  type RelayAbout,
} from '../../shared/protocol/relay';
import type { RelaySettings } from '../settings/RelaySettings';
import { forwardedAddresses } from './clientAddress';
import { type Door, REFUSAL_STATUS } from './Door';
import { isPrivateAddress } from './isPrivateAddress';
import { answerLandingPage } from './landingPage';
import { Member, type MemberContext } from './Member';
import type { Members } from './Members';

/** Connections beside the members' at a time: health, metrics, and whoever has not said a word yet. */
const MAX_BESIDE = 512;
const MAX_BESIDE_PER_ADDRESS = 64;
/** How long a client may take for its headers, in ms. */
const HEADERS_MS = 10_000;

export interface RelayServerOptions {
  settings: RelaySettings;
  door: Door;
  members: Members;
  context: MemberContext;
  /** What counts as one address. */
  countAs: CountAs;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** What listens: the socket of members, the page of an invite's link, `/healthz`, `/readyz` and `/metrics`. */
export class RelayServer {
  readonly #options: RelayServerOptions;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;

  constructor(options: RelayServerOptions) {
    this.#options = options;
    const { limits, tls, trustedProxies } = options.settings;
    this.#sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: Math.max(limits.frameBytes, MAX_RELAY_TEXT_BYTES),
      perMessageDeflate: false,
    });
    const http = { maxHeaderSize: 8 * 1024, headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS };
    this.#server = tls === null ? createServer(http) : createTlsServer({ ...http, ...tls });
    this.#server.maxConnections = limits.maxMembers + MAX_BESIDE;
    // Behind a proxy every connection is the proxy's.
    if (trustedProxies === 0) this.#capConnections(limits.maxMembersPerAddress + MAX_BESIDE_PER_ADDRESS);
    this.#server.on('request', (request, response) => {
      this.#answer(request, response);
    });
    this.#server.on('upgrade', (request, socket, head) => {
      this.#upgrade(request, socket, head);
    });
  }

  /**
   * Starts to listen; where the host is `::` and the machine has no IPv6, on `0.0.0.0`.
   * @returns the port
   * @throws Error of the system
   */
  async listen(): Promise<number> {
    const { host, port } = this.#options.settings;
    try {
      return await this.#listenOn(host, port);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (host !== '::' || (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL')) throw error;
      return await this.#listenOn('0.0.0.0', port);
    }
  }

  /** Stops listening and ends what is left. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #listenOn(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port }, () => {
        this.#server.off('error', reject);
        resolve((this.#server.address() as AddressInfo).port);
      });
    });
  }

  #capConnections(perAddress: number): void {
    const { maxMembers } = this.#options.settings.limits;
    const cap = new AddressCap(maxMembers + MAX_BESIDE, perAddress, this.#options.countAs);
    this.#server.on('connection', (socket: Socket) => {
      const leave = cap.enter(bareAddress(socket.remoteAddress));
      if (leave === null) socket.destroy();
      else socket.once('close', leave);
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { basePath, hasMetrics, hasPages } = this.#options.settings;
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    response.setHeader('cache-control', 'no-store');
    if (!hasPages && isNamedByStranger(request)) {
      response.writeHead(404).end();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
    // A health check on the machine itself knows nothing of what a proxy puts in front.
    else if (path === '/healthz' || path === `${basePath}/healthz`) this.#answerHealth(response, false);
    else if (path === '/readyz' || path === `${basePath}/readyz`) this.#answerHealth(response, true);
    else if (path === basePath + RELAY_ABOUT_PATH) this.#answerAbout(request, response);
    else if (path === basePath || path === `${basePath}/`) answerLandingPage(response);
    else if (path === '/metrics' && hasMetrics) void this.#answerMetrics(request, response);
    else if (path === basePath + RELAY_SOCKET_PATH)
      response.writeHead(426, { connection: 'Upgrade', upgrade: 'websocket' }).end();
    else response.writeHead(404).end();
  }

  /** Alive is not ready: a relay that waits for Redis is not to be killed, as its members wait with it. */
  #answerHealth(response: ServerResponse, mustBeReady: boolean): void {
    const { context, door } = this.#options;
    const status = door.isDraining ? 'draining' : context.store.isReady ? 'ok' : 'degraded';
    const isGood = status === 'ok' || (status === 'degraded' && !mustBeReady);
    response
      .writeHead(isGood ? 200 : 503, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status }));
  }

  /** What a doctor needs to know that looks at it from outside; it tells whoever asks of his own request alone. */
  #answerAbout(request: IncomingMessage, response: ServerResponse): void {
    const about: RelayAbout = {
      version: RELAY_VERSION,
      nowMs: Math.floor(this.#options.now()),
      forwarded: forwardedAddresses(request).length,
      trusted: this.#options.settings.trustedProxies,
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(about));
  }

  async #answerMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metrics } = this.#options.context;
    if (!this.#mayReadMetrics(request)) response.writeHead(404).end();
    else {
      const text = await metrics.text();
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    }
  }

  /** Whoever comes through a proxy comes from the internet, whatever the connection's own address. */
  #mayReadMetrics({ headers, socket }: IncomingMessage): boolean {
    const token = this.#options.settings.metricsToken;
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (token !== null && bearer !== undefined && isSame(token, bearer)) return true;
    const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    return !isForwarded && isPrivateAddress(bareAddress(socket.remoteAddress));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { context, door, members } = this.#options;
    socket.on('error', () => socket.destroy());
    const entered = door.enter(request);
    if (typeof entered === 'string') {
      context.metrics.countRefusal(entered);
      // A server's socket stays half open where the other end keeps its half, and would stay for good.
      socket.once('finish', () => socket.destroy());
      socket.end(
        `HTTP/1.1 ${REFUSAL_STATUS[entered]}\r\nConnection: close\r\nContent-Length: 0\r\nX-Hither-Reason: ${entered}\r\n\r\n`,
      );
      return;
    }
    socket.once('close', entered.leave);
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      const cameTo = bareAddress(request.socket.localAddress);
      members.add(new Member(ws, { ...entered, cameTo }, context));
    });
  }
}

/**
 * Whether a request came by a name of the internet. Where a relay is for one network alone, nobody gave it one but a website
 * whose name was made to lead here, so that its page could read what is answered.
 */
function isNamedByStranger({ headers }: IncomingMessage): boolean {
  const url = `http://${headers.host ?? ''}`;
  if (!URL.canParse(url)) return true;
  const { hostname } = new URL(url);
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 && isPublicHost(hostname);
}

/** Compares digests, so that neither length nor content shows in the time it takes. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
