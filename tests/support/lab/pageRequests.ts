import type { Page } from '@playwright/test';
import type { RequestArgs, RequestName, RequestResult } from '../../../src/shared/contract/contract';

interface WiredPage {
  backendSocket?: WebSocket;
  /** Every text frame that the page has sent its backend. */
  sentFrames?: string[];
}

/** Keeps the page's socket to its backend, and what goes over it; runs before the page's own scripts. */
export function keepSocket(): void {
  const page = globalThis as WiredPage;
  page.sentFrames = [];
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      page.backendSocket = this;
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (typeof data === 'string') page.sentFrames?.push(data);
      super.send(data);
    }
  };
}

/** Asks the backend of a page with `keepSocket` for something that no button asks for. Rejects with what it failed with. */
export async function request<N extends RequestName>(
  page: Page,
  name: N,
  body: RequestArgs<N>,
): Promise<RequestResult<N>> {
  return page.evaluate(
    async (frame) => {
      const socket = (globalThis as WiredPage).backendSocket;
      if (!socket) throw new Error('the page has no socket');
      const id = 1_000_000_000 + Math.floor(Math.random() * 1_000_000_000);
      // No function has a name in here, because the bundler's helpers for names stay behind.
      const answered = new AbortController();
      const outcome = new Promise<{ ok: boolean; value?: unknown }>((resolve) => {
        socket.addEventListener(
          'message',
          ({ data }: MessageEvent<unknown>) => {
            if (typeof data !== 'string' || !data.includes(`"id":${id}`)) return;
            answered.abort();
            resolve((JSON.parse(data) as { body: { ok: boolean; value?: unknown } }).body);
          },
          { signal: answered.signal },
        );
      });
      socket.send(JSON.stringify({ kind: 'request', id, ...frame }));
      const result = await outcome;
      if (!result.ok) throw new Error(JSON.stringify(result));
      return result.value as never;
    },
    { name, body },
  );
}

/** What a page with `keepSocket` has sent its backend so far, as text. */
export async function sentFrames(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as WiredPage).sentFrames ?? []);
}
