import type { Auth } from '../../../shared/identity/Handshake';
import type { RefuseReason } from '../../../shared/identity/messages';
import type { Clock, Log } from '../../ports';
import type { OwnIdentity } from '../../trust/OwnIdentity';
import type { Carrier, Route } from '../carriers/Carrier';
import { answerStranger, type Caller } from '../incoming/answerStranger';
import type { DoorGrant } from './RelayWay';

export interface DoorAnswerOptions {
  own: OwnIdentity;
  log: Log;
  clock: Clock;
  /** What a handshake may take from its first message on, in ms; whoever takes longer is sent away. */
  timeoutMs: number;
  /** Resolves when it is known whether there is a page. */
  pageKnown: () => Promise<void>;
  /** Whether the work of one more handshake may be done now, of all doors together. */
  mayBegin: () => boolean;
  answer: (caller: Caller) => void;
}

/** What came of somebody who came to a door: let in or sent away by this device, or no handshake at all. */
export type DoorResult = 'answered' | 'failed' | 'gone';

/**
 * Shakes hands with whoever began a conversation at a door, and has the sessions decide. Takes no longer than `timeoutMs`.
 * @param auth what the other one has to know
 * @returns `failed` where it does not
 */
export async function answerAtDoor(
  carrier: Carrier & { route: Route },
  auth: Auth,
  grant: DoorGrant,
  { own, log, clock, timeoutMs, pageKnown, mayBegin, answer }: DoorAnswerOptions,
): Promise<DoorResult> {
  const refusals: RefuseReason[] = [];
  const cancel = clock.after(timeoutMs, () => carrier.kill());
  try {
    const caller = await answerStranger(carrier, {
      pageKnown,
      // Its own share first: whoever uses that up takes nothing from other doors.
      mayBegin: () => grant.mayBegin() && mayBegin(),
      begin: () => own.listen(auth),
      admit: () => undefined,
      onRefused: (reason) => {
        refusals.push(reason);
        log.debug('door', { refused: reason });
      },
    });
    if (caller === null) return refusals.includes('tampered') ? 'failed' : 'gone';
    answer({ ...caller, grant });
    return 'answered';
  } catch (error) {
    log.error('door', { error });
    carrier.kill();
    return 'gone';
  } finally {
    cancel();
  }
}
