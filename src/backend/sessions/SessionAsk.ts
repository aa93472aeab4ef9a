import { LINKS_FEATURE } from '../../shared/protocol/links';
import type { FilesPurpose, SessionScope } from '../../shared/protocol/purpose';
import { TRANSFERS_FEATURE } from '../../shared/protocol/transfer';
import type { AgreedFiles, Cancel, Clock } from '../ports';
import type { SessionTimings } from './timings';

/** What a session for files alone is made of: their transfers, and the peer link, which carries them where nothing else does. */
const OF_FILES: ReadonlySet<string> = new Set([TRANSFERS_FEATURE, LINKS_FEATURE]);

export interface SessionAskOptions {
  role: 'dialer' | 'listener';
  scope: SessionScope;
  /** What this side dials for; the side that is called is told. */
  purpose?: FilesPurpose | null;
  clock: Clock;
  timings: Pick<SessionTimings, 'purposeWaitMs'>;
}

/**
 * What a session was asked for: everything, or files alone, and then which. A person is shown that once and as a whole: what
 * comes later than a moment, or again, says nothing, so nobody agrees to other files than they have read of.
 */
export class SessionAsk {
  readonly #onKnown: () => void;
  #scope: SessionScope;
  #purpose: FilesPurpose | null;
  #agreed: { dir: string | null } | null = null;
  #cancelWait: Cancel | null = null;

  /** @param onKnown it is known what is asked for, as far as it will be: a person may be shown it */
  constructor({ role, scope, purpose = null, clock, timings }: SessionAskOptions, onKnown: () => void) {
    this.#scope = scope;
    this.#purpose = purpose;
    this.#onKnown = onKnown;
    if (role === 'listener' && scope === 'files')
      this.#cancelWait = clock.after(timings.purposeWaitMs, () => this.settle());
  }

  get scope(): SessionScope {
    return this.#scope;
  }

  /** The files that were named, or `null`. */
  get purpose(): FilesPurpose | null {
    return this.#purpose;
  }

  /** Whether nothing more of it is waited for. */
  get isKnown(): boolean {
    return this.#cancelWait === null;
  }

  /** The files that the person agreed to along with the session. */
  get agreed(): AgreedFiles | null {
    return this.#agreed && this.#purpose && { ...this.#agreed, purpose: this.#purpose };
  }

  /** Whether messages of a feature may go either way. */
  includes(feature: string): boolean {
    return this.#scope === 'all' || OF_FILES.has(feature);
  }

  /** The dialer says which files. */
  handle(purpose: FilesPurpose | null): void {
    if (this.isKnown) return;
    this.#purpose = purpose;
    this.settle();
  }

  /** The person agrees to the named files. @param dir where they go, `null` for the downloads folder */
  agree(dir: string | null): void {
    this.#agreed = { dir };
  }

  /** Less than everything was agreed to. */
  narrow(scope: SessionScope): void {
    if (scope === 'files') this.#scope = scope;
  }

  /** Waits for no further word. */
  settle(): void {
    if (this.isKnown) return;
    this.close();
    this.#onKnown();
  }

  /** The session is over. */
  close(): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
  }
}
