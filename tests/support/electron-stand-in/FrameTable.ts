import type { WebFrameMain } from 'electron';
import { originOf, toApp } from './appUrls';
import type { Session } from './DevTools';
import { named } from './named';
import { PRELOAD_WORLD } from './pageScripts';

interface Frame {
  frameId: string;
  parentId: string | undefined;
  url: string;
}

export type FrameOfSender = Pick<WebFrameMain, 'origin' | 'parent' | 'url'>;

/** The frames of one page and the JavaScript worlds in them, as Chromium reports them. */
export class FrameTable {
  readonly #frames = new Map<string, Frame>();
  /** Frame of each world. */
  readonly #contexts = new Map<number, { frameId: string; name: string; origin: string }>();

  constructor(session: Session) {
    session.on('Page.frameNavigated', ({ frame }) => {
      this.#frames.set(frame.id, { frameId: frame.id, parentId: frame.parentId, url: toApp(frame.url) });
    });
    // A frame that stays on the empty document it began with never navigates.
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      this.#frames.set(frameId, { frameId, parentId: parentFrameId, url: '' });
    });
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.#frames.delete(frameId);
    });
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId: string };
      this.#contexts.set(context.id, { frameId, name: context.name, origin: context.origin });
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#contexts.delete(executionContextId),
    );
    session.on('Runtime.executionContextsCleared', () => this.#contexts.clear());
  }

  /** A frame that has not loaded anything yet is a frame within another. */
  isMain(frameId: string | undefined): boolean {
    const main = this.#main;
    return main === undefined || main.frameId === frameId;
  }

  get mainUrl(): string {
    return this.#main?.url ?? '';
  }

  /** The newest world of the main frame that a preload runs in: its own, or without isolation the page's. */
  preloadContext(isIsolated: boolean): number | undefined {
    const main = this.#main?.frameId;
    const name = isIsolated ? PRELOAD_WORLD : '';
    const found = [...this.#contexts].filter(
      ([, context]) => context.frameId === main && context.name === name,
    );
    return found.at(-1)?.[0];
  }

  /** The frame that a world belongs to, as `senderFrame` shows it; `null` once it is gone. */
  frameOf(contextId: number): FrameOfSender | null {
    const context = this.#contexts.get(contextId);
    const frame = this.#frames.get(context?.frameId ?? '');
    if (frame === undefined) return null;
    // An isolated world names its own origin; an empty document has that of the page that made it.
    const page = [...this.#contexts.values()].find(
      ({ frameId, name }) => frameId === frame.frameId && name === '',
    );
    return this.#view(frame, page?.origin ? originOf(toApp(page.origin)) : undefined);
  }

  get #main(): Frame | undefined {
    return [...this.#frames.values()].find(({ parentId }) => parentId === undefined);
  }

  #view({ url, parentId }: Frame, origin = url === '' ? 'null' : originOf(url)): FrameOfSender {
    const parent = parentId === undefined ? undefined : this.#frames.get(parentId);
    const shown = parent === undefined ? null : (this.#view(parent) as WebFrameMain);
    return named('webFrameMain', { url, origin, parent: shown });
  }
}
