import type { ScreenContent } from './screenEncoding';

/** One look at a screen. */
export interface PictureChange {
  /** When, in ms that only go up. */
  atMs: number;
  /** What part of the picture is another one than at the last look, from 0 to 1. */
  changed: number;
}

/** A film in a window as small as this is watched, in parts of the screen; a smaller one stands beside something to read. */
const MOVING_SHARE = 0.12;
/**
 * For so long nearly everything must have moved, in ms, before a screen counts as moving. Who scrolls stops to read: of
 * made-up sessions none scrolled for three seconds without a pause.
 */
const BEGIN_MS = 4_000;
const BEGIN_SHARE = 0.85;
/** For so long hardly anything may have moved before it is read again; a film has still scenes of a second. */
const END_MS = 2_000;
const END_SHARE = 0.25;
/** Fewest looks that say something of such a time. */
const MIN_LOOKS = 6;

/**
 * Tells a screen that is read from one that is watched, by how much of the picture changes and for how long. Slow to change its mind:
 * what it decides makes the encoder begin anew.
 */
export class ContentJudge {
  #looks: PictureChange[] = [];
  #content: ScreenContent = 'text';
  #firstMs: number | null = null;

  get content(): ScreenContent {
    return this.#content;
  }

  /** Another source: nothing is known of it. */
  reset(): void {
    this.#looks = [];
    this.#firstMs = null;
    this.#content = 'text';
  }

  /** @returns whether it has changed its mind */
  look(change: PictureChange): boolean {
    this.#firstMs ??= change.atMs;
    this.#looks.push(change);
    this.#looks = this.#looks.filter(({ atMs }) => atMs > change.atMs - BEGIN_MS);
    const before = this.#content;
    if (before === 'text' && this.#hasMoved(change.atMs)) this.#content = 'motion';
    else if (before === 'motion' && this.#hasRested(change.atMs)) this.#content = 'text';
    return this.#content !== before;
  }

  #hasMoved(nowMs: number): boolean {
    if (this.#firstMs === null || nowMs - this.#firstMs < BEGIN_MS) return false;
    return (this.#movingShare(nowMs - BEGIN_MS) ?? 0) >= BEGIN_SHARE;
  }

  #hasRested(nowMs: number): boolean {
    return (this.#movingShare(nowMs - END_MS) ?? 1) <= END_SHARE;
  }

  /** Of the looks since then, how many saw something move; `null` where they are too few. */
  #movingShare(sinceMs: number): number | null {
    const looks = this.#looks.filter(({ atMs }) => atMs > sinceMs);
    if (looks.length < MIN_LOOKS) return null;
    return looks.filter(({ changed }) => changed >= MOVING_SHARE).length / looks.length;
  }
}
