import type { RefuseReason } from '../../../shared/identity/messages';
import type { EndReason } from '../../../shared/protocol/endReason';
import type { Session } from '../Session';
import type { SessionLimits } from '../timings';
import { TokenBucket } from '../../../shared/TokenBucket';

/** Devices whose unwanted requests are remembered; past that the one that asked longest ago is forgotten. */
const MAX_DEVICES = 1024;

/**
 * Ends that are not the person's doing or silence: two dials crossed, the window here was closed, or the caller's side ended
 * it, of which its person may know nothing, as where it meant another device.
 */
const NO_ANSWER: readonly EndReason[] = ['busy', 'unavailable', 'cancelled', 'closed', 'lost'];

/** Keeps requests from becoming a nuisance: how often a device may ask in vain, and how often unknown ones may ask at all. */
export class PromptLimits {
  readonly #limits: SessionLimits;
  readonly #now: () => number;
  readonly #fresh: TokenBucket;
  /** By identity key: when requests came to nothing. */
  readonly #inVain = new Map<string, number[]>();
  #openCount = 0;

  /** @param now a clock in ms that never goes back */
  constructor(limits: SessionLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#fresh = new TokenBucket(limits.promptsPerMinute / 60, limits.promptsPerMinute, now);
  }

  /** Why a device may not ask now, or `null`; asking counts from then on. */
  refusalOf(identityKey: string, isTrusted: boolean): RefuseReason | null {
    if (this.#recent(identityKey).length >= this.#limits.maxInVain) return 'not-taking';
    if (isTrusted) return null;
    return this.#openCount < this.#limits.maxOpenPrompts && this.#fresh.consume() ? null : 'busy';
  }

  /** Follows a session that asks until it is accepted or over. */
  watch(session: Session, isTrusted: boolean): void {
    let isOpen = !isTrusted;
    if (isOpen) this.#openCount += 1;
    const close = (): void => {
      if (isOpen) this.#openCount -= 1;
      isOpen = false;
    };
    session.events.on('accepted', () => {
      close();
      this.#inVain.delete(session.peerKey);
    });
    session.events.on('ended', ({ reason }) => {
      close();
      if (!session.isAccepted && !NO_ANSWER.includes(reason)) this.#count(session.peerKey);
    });
  }

  #count(identityKey: string): void {
    const times = [...this.#recent(identityKey), this.#now()].slice(-this.#limits.maxInVain);
    this.#inVain.delete(identityKey);
    this.#inVain.set(identityKey, times);
    if (this.#inVain.size <= MAX_DEVICES) return;
    for (const oldest of this.#inVain.keys()) {
      this.#inVain.delete(oldest);
      return;
    }
  }

  /** Requests in vain within the window. Once there are too many, the window counts from the last one. */
  #recent(identityKey: string): number[] {
    const { inVainWindowMs, maxInVain } = this.#limits;
    const times = this.#inVain.get(identityKey) ?? [];
    const sinceMs = this.#now() - inVainWindowMs;
    if (times.length >= maxInVain && (times.at(-1) ?? 0) > sinceMs) return times;
    return times.filter((atMs) => atMs > sinceMs);
  }
}
