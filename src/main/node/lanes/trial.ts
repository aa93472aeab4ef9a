import type { TLSSocket } from 'node:tls';
import { HitherError } from '../../../shared/errors';
import { HELLO, isSame } from './laneTls';

/** Twelve full packets of Ethernet: more than TCP has on its way before it hears that one has arrived (RFC 6928: ten). */
const TRIAL_BYTES = 16 * 1024;

/**
 * Shows that a connection carries full packets, both ways. Some paths drop those without a word and let small ones pass: a
 * lane there would accept blocks and bring none.
 * @param socket paused; afterwards as well, with what the other side has said beyond the trial still to be read
 * @throws HitherError `connection-lost` where the socket closes before, or something else comes
 */
export async function passTrial(socket: TLSSocket): Promise<void> {
  socket.write(Buffer.alloc(TRIAL_BYTES));
  await readBytes(socket, TRIAL_BYTES);
  socket.write(HELLO);
  if (!isSame(await readBytes(socket, HELLO.length), HELLO)) throw new HitherError('connection-lost');
}

/**
 * The next bytes of a paused socket, which is paused again afterwards; what came beyond them is put back to be read.
 * @throws HitherError `connection-lost` where it closes before
 */
export async function readBytes(socket: TLSSocket, count: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let said = Buffer.alloc(0);
    const stop = (): void => {
      socket.off('data', hear);
      socket.off('close', fail);
      socket.pause();
    };
    const fail = (): void => {
      stop();
      reject(new HitherError('connection-lost'));
    };
    const hear = (chunk: Buffer): void => {
      said = Buffer.concat([said, chunk]);
      if (said.length < count) return;
      stop();
      if (said.length > count) socket.unshift(said.subarray(count));
      resolve(said.subarray(0, count));
    };
    socket.on('data', hear);
    socket.once('close', fail);
    if (socket.destroyed) fail();
    else socket.resume();
  });
}
