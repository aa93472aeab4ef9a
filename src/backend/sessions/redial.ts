import { setTimeout as sleep } from 'node:timers/promises';
import { type Dialed, RefusedError } from './dial';
import type { Session } from './Session';
import type { SessionTimings } from './timings';

/** Refused connections in a row that tell that the other process is gone and not just the network. */
const MAX_REFUSALS = 3;

/**
 * Gives a session whose socket broke a new one, for as long as the session lives. Ends it as `lost` when the other
 * side has forgotten it or its process is gone. Whoever else answers there meanwhile is passed over.
 */
export async function redial(
  session: Session,
  dialAgain: () => Promise<Dialed>,
  { redialDelaysMs }: SessionTimings,
): Promise<void> {
  const last = redialDelaysMs.at(-1) ?? redialDelaysMs[0];
  for (let attempt = 0, refusals = 0; refusals < MAX_REFUSALS; attempt++) {
    try {
      await sleep(redialDelaysMs[attempt] ?? last, undefined, { signal: session.ended });
      const { peer, socket } = await dialAgain();
      const isSame = peer.identityKey === session.peerKey && peer.lastSeq !== undefined;
      if (isSame && !session.ended.aborted) {
        session.attach(socket, peer.lastSeq ?? 0);
        return;
      }
      socket.close();
    } catch (error) {
      if (session.ended.aborted) return;
      if (error instanceof RefusedError && error.reason === 'lost') break;
      const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
      refusals = cause?.code === 'ECONNREFUSED' ? refusals + 1 : 0;
    }
  }
  session.end('lost');
}
