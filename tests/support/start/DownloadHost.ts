import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How the host answers one request: it is given the bytes that were asked for. */
type Answer = (response: ServerResponse, bytes: Buffer) => Promise<void> | void;

/** Everything at once. */
const whole: Answer = (response, bytes) => void response.end(bytes);

/** In so many pieces, with a pause after each. */
export function slowly(pieces: number, pauseMs: number): Answer {
  return async (response, bytes) => {
    const size = Math.ceil(bytes.length / pieces);
    for (let at = 0; at < bytes.length; at += size) {
      response.write(bytes.subarray(at, at + size));
      await delay(pauseMs);
    }
    response.end();
  };
}

/** A few bytes, and then nothing more. */
export function stallingAfter(count: number): Answer {
  return (response, bytes) => void response.write(bytes.subarray(0, count));
}

/** A few bytes, and a broken connection once these have arrived: what is still on its way then is lost. */
export function cutAfter(count: number, haveArrived: () => boolean): Answer {
  return async (response, bytes) => {
    response.flushHeaders();
    response.write(bytes.subarray(0, count));
    while (!haveArrived()) await delay(5);
    response.destroy();
  };
}

/** A server that plays the host of Electron's downloads, and a proxy on the way to it. It has one file at every path. */
export class DownloadHost {
  /** The `range` header of each request so far. */
  readonly ranges: (string | undefined)[] = [];
  /** Where it was asked to tunnel to, as a proxy. */
  readonly tunnels: (string | undefined)[] = [];
  /** How the next requests are answered, in order; those after them get everything at once. */
  readonly answers: Answer[] = [];
  /** The status instead of the file. */
  refusal: number | null = null;
  /** Whether a part of the file can be asked for. */
  knowsRanges = true;
  readonly #server = createServer((request, response) => {
    this.ranges.push(request.headers.range);
    if (this.refusal !== null) return void response.writeHead(this.refusal).end('no');
    const from = this.knowsRanges ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    if (from > 0 && from >= this.file.length) return void response.writeHead(416).end();
    const rest = this.file.subarray(from);
    const range = `bytes ${from}-${this.file.length - 1}/${this.file.length}`;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(from > 0 && { 'content-range': range }),
    });
    this.#answer(response, rest);
  });

  /** @param file what is downloaded */
  constructor(public file: Buffer) {
    this.#server.on('connect', (request, socket) => {
      this.tunnels.push(request.url);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(connect(this.#port, '127.0.0.1')).pipe(socket);
    });
  }

  async listen(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }

  /** Its address, with a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Stops listening, so that its port refuses. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#server.listening) await once(this.#server.close(), 'close');
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #answer(response: ServerResponse, rest: Buffer): void {
    void (this.answers.shift() ?? whole)(response, rest);
  }
}
