import { connect, type TLSSocket } from 'node:tls';
import { HitherError } from '../../../shared/errors';
import { connectFirst } from '../net/connectFirst';
import type { LanAddress } from '../../../shared/address';
import type { LaneIdentity } from './certificate';
import { HELLO, isPinned, isSame, laneTls } from './laneTls';
import { passTrial, readBytes } from './trial';

export interface LaneDial {
  addresses: readonly LanAddress[];
  /** The certificate that must answer, by its SHA-256 in hex. */
  fingerprint: string;
  token: Buffer;
  identity: LaneIdentity;
  signal: AbortSignal;
}

/**
 * Connects to the peer's lane port at whichever of its addresses answers first, and tries whether the connection carries.
 * @returns a paused socket that carries packets from here on; the listener may have sent some already
 * @throws HitherError `connection-lost` where another certificate answers, or none, or the trial is not passed; the signal's
 *   reason; errors of the system
 */
export async function dialLane({
  addresses,
  fingerprint,
  token,
  identity,
  signal,
}: LaneDial): Promise<TLSSocket> {
  const { socket: plain } = await connectFirst(addresses, signal);
  const secure = connect({ socket: plain, ...laneTls(identity), rejectUnauthorized: false });
  const give = (): void => void secure.destroy();
  signal.addEventListener('abort', give, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      secure.once('secureConnect', resolve);
      secure.once('close', () => reject(new HitherError('connection-lost')));
      secure.on('error', () => undefined);
    });
    if (!isPinned(secure, fingerprint)) throw new HitherError('connection-lost');
    secure.write(Buffer.concat([HELLO, token]));
    if (!isSame(await readBytes(secure, HELLO.length), HELLO)) throw new HitherError('connection-lost');
    await passTrial(secure);
    signal.throwIfAborted();
    return secure;
  } catch (error) {
    secure.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', give);
  }
}
