import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WebSocketServer } from 'ws';
import { PAGE_SUBPROTOCOL_PREFIX } from '../../shared/contract/pageSocket';
import type { Log } from '../../backend/ports';
import { listenOn, LOOPBACK_HOSTS } from './listenOn';
import type { PageHub } from '../../backend/pages/PageHub';
import { listPageFiles, type PageFile } from './pageFolder';
import { pageNameIn, PagePosts } from './PagePosts';
import { servePageSocket } from './pageSocket';
import { checkedHost, isOwnOrigin } from './sameOrigin';
import { securityHeaders } from './securityHeaders';

/** Largest frame from the page: an offer of as many files as one may have, with as much text in their paths, three bytes a character. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

export interface PageServerOptions {
  /** Folder of the built page. */
  pageDir: string;
  /** A port the person asked for, or `null` for the first free one from 47170 up. */
  port: number | null;
  hub: PageHub;
  log: Log;
}

/**
 * Serves the page of a headless backend on the loopback addresses, and the contract over a WebSocket beside it.
 * Other programs and web pages on the machine reach the port too: a page must know the token of this start.
 */
export class PageServer {
  /** Changes with every start. */
  readonly token = randomBytes(32).toString('hex');
  readonly #options: PageServerOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    handleProtocols: (protocols) => [...protocols].find((name) => this.#isToken(name)) ?? false,
  });
  readonly #posts = new PagePosts(MAX_FRAME_BYTES);
  #servers: Server[] = [];
  #port = 0;
  #files: ReadonlyMap<string, PageFile> = new Map();

  constructor(options: PageServerOptions) {
    this.#options = options;
  }

  /**
   * Starts to listen.
   * @throws PageMissingError if the page has not been built, PortTakenError if the port asked for is taken
   */
  async start(): Promise<void> {
    this.#files = await listPageFiles(this.#options.pageDir);
    const make = (): Server => this.#createServer();
    const { servers, port } = await listenOn(LOOPBACK_HOSTS, this.#options.port, make);
    this.#servers = servers;
    this.#port = port;
    this.#options.log.info('page-server', { to: 'listening', port });
  }

  /** Address of the page, with the token in its fragment, which browsers don't send anywhere. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/#token=${this.token}`;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    await Promise.all(
      this.#servers.map((server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        return closed;
      }),
    );
  }

  #createServer(): Server {
    const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 });
    server.on('request', (request, response) => {
      this.#answer(request, response);
    });
    server.on('upgrade', (request, socket, head) => {
      this.#upgrade(request, socket, head);
    });
    return server;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const host = checkedHost(request, this.#port);
    if (host === null || !isOwnOrigin(request, host, false)) {
      response.writeHead(403).end();
      return;
    }
    const headers = securityHeaders([`ws://${host}`]);
    const posted = request.method === 'POST' ? pageNameIn(request.url) : null;
    if (posted !== null) {
      void this.#handlePost(posted.name, request, response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end();
      return;
    }
    const file = this.#files.get((request.url ?? '').split(/[?#]/, 1)[0] ?? '');
    if (file === undefined) {
      response.writeHead(404, headers).end();
      return;
    }
    void this.#sendFile(file, headers, request.method, response);
  }

  /** Browsers name the origin of every post, as of every WebSocket. */
  async #handlePost(name: string | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin, authorization = '' } = request.headers;
    const bearer = /^Bearer (.+)$/.exec(authorization)?.[1];
    if (origin === undefined || bearer === undefined || !this.#isToken(PAGE_SUBPROTOCOL_PREFIX + bearer)) {
      this.#options.log.info('page-post', {
        to: 'refused',
        reason: origin === undefined ? 'origin' : 'token',
      });
      response.writeHead(403, { connection: 'close' }).end();
      return;
    }
    try {
      await this.#posts.answer(name ?? '', request, response);
    } catch (error) {
      // It broke off.
      this.#options.log.debug('page-post', { error });
      response.destroy();
    }
  }

  async #sendFile(
    file: PageFile,
    headers: OutgoingHttpHeaders,
    method: string,
    response: ServerResponse,
  ): Promise<void> {
    try {
      const handle = await open(file.path);
      response.writeHead(200, {
        ...headers,
        'content-type': file.contentType,
        // Asked for now: the page may have been built anew since the start.
        'content-length': (await handle.stat()).size,
        'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
      if (method === 'HEAD') {
        response.end();
        await handle.close();
      } else await pipeline(handle.createReadStream(), response);
    } catch (error) {
      this.#options.log.debug('page-file', { error });
      if (response.headersSent) response.destroy();
      else response.writeHead(404, headers).end();
    }
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const host = checkedHost(request, this.#port);
    const page = pageNameIn(request.url);
    const isOurs = host !== null && page !== null && isOwnOrigin(request, host, true);
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    if (!isOurs || !offered.some((name) => this.#isToken(name))) {
      this.#options.log.info('page-socket', { to: 'refused', reason: isOurs ? 'token' : 'origin' });
      // It would stay half open where the other end keeps its half.
      socket.once('finish', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => {
      const connection = servePageSocket(opened, this.#options.hub, page.name);
      if (page.name !== null) opened.once('close', this.#posts.open(page.name, connection));
    });
  }

  /** Compares digests, so that neither length nor content shows in the time it takes. */
  #isToken(name: string): boolean {
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(name), digest(PAGE_SUBPROTOCOL_PREFIX + this.token));
  }
}
