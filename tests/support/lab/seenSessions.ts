import type { Page } from '@playwright/test';

/** Writes down which sessions the page's backend speaks of, and in which phases; runs before the page's own scripts. */
export function recordSessions(): void {
  const page = globalThis as { seenSessions?: string[] };
  page.seenSessions = [];
  const listen = (socket: WebSocket): void =>
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const isOfSession = typeof data === 'string' && data.includes('"sessions:changed"');
      if (!isOfSession) return;
      const { body } = JSON.parse(data) as { body: { sessionId: string; phase: string } };
      page.seenSessions?.push(`${body.sessionId} ${body.phase}`);
    });
  globalThis.WebSocket = class extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      listen(this);
    }
  };
}

/** The sessions that a page with `recordSessions` has heard of, oldest first, each with its phases in order. */
export async function seenSessions(page: Page): Promise<string[][]> {
  const seen = await page.evaluate(() => (globalThis as { seenSessions?: string[] }).seenSessions ?? []);
  const phases = new Map<string, string[]>();
  for (const line of seen) {
    const [sessionId = '', phase = ''] = line.split(' ');
    const known = phases.get(sessionId) ?? [];
    if (known.at(-1) !== phase) known.push(phase);
    phases.set(sessionId, known);
  }
  return [...phases.values()];
}
