import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeFrame } from '../../shared/contract/frames';
import { PAGE_NAME, PAGE_NAME_PARAMETER, PAGE_SOCKET_PATH } from '../../shared/contract/pageSocket';
import type { PageConnection } from '../../backend/pages/PageHub';

/** What a page calls itself in a request's address; `null` where that is another one. */
export function pageNameIn(url: string | undefined): { name: string | null } | null {
  const [path, query] = (url ?? '').split('?', 2);
  if (path !== PAGE_SOCKET_PATH) return null;
  const name = new URLSearchParams(query).get(PAGE_NAME_PARAMETER) ?? '';
  return { name: PAGE_NAME.test(name) ? name : null };
}

/** Requests that pages post beside their sockets. */
export class PagePosts {
  readonly #maxBytes: number;
  readonly #pages = new Map<string, PageConnection>();

  /** @param maxBytes largest frame */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Lets a page post as long as its socket is open. @returns the disposer */
  open(name: string, page: PageConnection): () => void {
    this.#pages.set(name, page);
    return () => {
      if (this.#pages.get(name) === page) this.#pages.delete(name);
    };
  }

  /** Answers a post whose host, origin and token have been checked: with the outcome as JSON, or with why there is none. */
  async answer(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = this.#pages.get(name);
    if (page === undefined) {
      refuse(response, 404);
      return;
    }
    const bytes = await this.#read(request);
    const frame = bytes === null ? null : decodeFrame(bytes);
    if (frame?.kind !== 'request') {
      refuse(response, bytes === null ? 413 : 400);
      return;
    }
    const outcome = await page.request(frame.name, frame.body);
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(outcome));
  }

  /** The body, each byte copied once; `null` where it does not say how long it is, or is too long. */
  async #read(request: IncomingMessage): Promise<Uint8Array | null> {
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    if (!Number.isInteger(length) || length > this.#maxBytes) return null;
    const bytes = new Uint8Array(length);
    let at = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return at === length ? bytes : null;
  }
}

/** What is not read would be taken for the next request, so the connection goes as well. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end();
}
