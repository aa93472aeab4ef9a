import { TokenBucket } from '../../../shared/TokenBucket';
import type { Clock } from '../../ports';

/** Handshakes at one door, a second and at once: a guest has one, and few come at the same time. All doors have 20 a second. */
const PER_SECOND = 1;
const BURST = 8;

/** The share of one door in the handshakes that are answered; each call uses one up if it is there. */
export function handshakeShare(clock: Clock): () => boolean {
  const bucket = new TokenBucket(PER_SECOND, BURST, () => clock.monotonicMs());
  return () => bucket.consume();
}
