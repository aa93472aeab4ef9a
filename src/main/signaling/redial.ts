import { setTimeout as sleep } from 'node:timers/promises';
import { type Dialed, RefusedError } from './dial';
import type { LanSession } from './LanSession';
import type { SignalingTimings } from './timings';

/** Refused connections in a row that tell that the other process is gone and not just the network. */
const MAX_REFUSALS = 3;

/**
 * Gives a session whose socket broke a new one, for as long as the session lives. Ends it as `lost` when the other
 * side has forgotten it or its process is gone.
 */
export async function redial(
  session: LanSession,
  dialAgain: () => Promise<Dialed>,
  { redialDelaysMs }: SignalingTimings,
): Promise<void> {
  const last = redialDelaysMs.at(-1) ?? redialDelaysMs[0];
  for (let attempt = 0, refusals = 0; refusals < MAX_REFUSALS; attempt++) {
    try {
      await sleep(redialDelaysMs[attempt] ?? last, undefined, { signal: session.ended });
      const { socket, welcome } = await dialAgain();
      if (session.ended.aborted) socket.close();
      else session.attach(socket, welcome.lastSeq);
      return;
    } catch (error) {
      if (session.ended.aborted) return;
      if (error instanceof RefusedError) {
        session.end(error.reason);
        return;
      }
      const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
      refusals = cause?.code === 'ECONNREFUSED' ? refusals + 1 : 0;
    }
  }
  session.end('lost');
}
