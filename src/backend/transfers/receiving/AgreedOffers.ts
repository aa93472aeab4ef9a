import { keepsPurpose } from '../../../shared/protocol/purpose';
import type { AgreedFiles, Clock } from '../../ports';
import type { TransferRecord } from '../TransferRecord';

/** How long a session's files may take to be offered, in ms: the sender has read its folders before it called. */
const OFFER_MS = 60_000;

/**
 * Files that a person agreed to when they accepted the session for these. The first offer of that session that is what the request
 * said, no other names and no more of it, needs no second question; it comes soon, or it is asked about as any other is.
 */
export class AgreedOffers {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  /** By device: there is one session with each. */
  readonly #byDevice = new Map<string, AgreedFiles & { untilMs: number }>();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /** A session with a device begins; what was agreed to in the one before counts no more. */
  opened(deviceId: string, agreed: AgreedFiles | null): void {
    this.#byDevice.delete(deviceId);
    if (agreed) this.#byDevice.set(deviceId, { ...agreed, untilMs: this.#clock.monotonicMs() + OFFER_MS });
  }

  /** The session is over. */
  closed(deviceId: string): void {
    this.#byDevice.delete(deviceId);
  }

  /** Uses up what was agreed to, if an offer is it: the folder it goes to, `null` for the downloads folder. */
  consume({ options: { deviceId }, entries, leftOut }: TransferRecord): { dir: string | null } | null {
    const agreed = this.#byDevice.get(deviceId);
    if (!agreed || this.#clock.monotonicMs() > agreed.untilMs) return null;
    if (leftOut.length > 0 || !keepsPurpose(entries, agreed.purpose)) return null;
    this.#byDevice.delete(deviceId);
    return { dir: agreed.dir };
  }
}
