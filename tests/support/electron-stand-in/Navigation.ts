import type { EventEmitter } from 'node:events';
import { emitPreventable } from './app';
import { schemeOf, toApp } from './appUrls';
import type { Session } from './DevTools';
import type { FrameTable } from './FrameTable';
import { answerRequest } from './protocol';

/** Every request of a page: its navigations go past the app's guards, its files come from the app's handler. */
export class Navigation {
  readonly #session: Session;
  readonly #frames: FrameTable;
  readonly #contents: EventEmitter;
  #isOwn = false;

  /** @param contents where `will-frame-navigate` and `will-redirect` are emitted */
  constructor(session: Session, frames: FrameTable, contents: EventEmitter) {
    this.#session = session;
    this.#frames = frames;
    this.#contents = contents;
    session.on('Fetch.requestPaused', (request) => {
      // A page that goes away takes its requests with it.
      this.#take(request).catch(() => undefined);
    });
  }

  async start(): Promise<void> {
    await this.#session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  /** The next navigation of the main frame is the app's own wish, which no guard is asked about. */
  allowNext(): void {
    this.#isOwn = true;
  }

  async #take(paused: {
    requestId: string;
    request: { url: string; method: string; headers: Record<string, string> };
    resourceType: string;
    frameId: string;
    redirectedRequestId?: string;
  }): Promise<void> {
    const { requestId, request, resourceType, frameId, redirectedRequestId } = paused;
    const isRedirect = redirectedRequestId !== undefined;
    if (resourceType === 'Document' && !this.#mayNavigate(request.url, frameId, isRedirect)) {
      await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
      return;
    }
    const scheme = schemeOf(request.url);
    const { method, headers } = request;
    const response =
      scheme === null
        ? null
        : await answerRequest(scheme, new Request(toApp(request.url), { method, headers }));
    if (response !== null) await this.#fulfil(requestId, response);
    else if (scheme === null) await this.#session.send('Fetch.continueRequest', { requestId });
    else await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'NameNotResolved' });
  }

  #mayNavigate(chromiumUrl: string, frameId: string, isRedirect: boolean): boolean {
    const isMainFrame = this.#frames.isMain(frameId);
    if (isMainFrame && this.#isOwn && !isRedirect) {
      this.#isOwn = false;
      return true;
    }
    const details = { url: toApp(chromiumUrl), isMainFrame };
    return emitPreventable(this.#contents, isRedirect ? 'will-redirect' : 'will-frame-navigate', details);
  }

  async #fulfil(requestId: string, response: Response): Promise<void> {
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    const { status: responseCode } = response;
    await this.#session.send('Fetch.fulfillRequest', { requestId, responseCode, responseHeaders, body });
  }
}
