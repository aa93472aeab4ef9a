import { HitherError } from '../../../shared/errors';

/** How long a choice waits for the page's `getDisplayMedia`, in ms; the contract promises it. */
const CHOICE_LIFETIME_MS = 10_000;

/** A source as `setDisplayMediaRequestHandler` wants it. */
export interface ChosenSource {
  id: string;
  name: string;
}

/** Carries the source that a person picked to the one capture request that follows. */
export class SourceChoice {
  readonly #now: () => number;
  #shown = new Map<string, string>();
  #chosen: { source: ChosenSource; untilMs: number } | null = null;

  /** @param now a clock in ms that never runs backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Remembers what the person was shown last; only that can be chosen. */
  show(sources: readonly ChosenSource[]): void {
    this.#shown = new Map(sources.map(({ id, name }) => [id, name]));
  }

  /**
   * Takes the person's choice; a later one replaces it.
   * @throws HitherError `unknown-source` for an id that was not among the sources shown last
   */
  choose(id: string): void {
    const name = this.#shown.get(id);
    if (name === undefined) throw new HitherError('unknown-source');
    this.#chosen = { source: { id, name }, untilMs: this.#now() + CHOICE_LIFETIME_MS };
  }

  /** Hands the choice out, once; `null` where there is none or it has expired. */
  consume(): ChosenSource | null {
    const chosen = this.#chosen;
    this.#chosen = null;
    return chosen !== null && this.#now() < chosen.untilMs ? chosen.source : null;
  }
}
