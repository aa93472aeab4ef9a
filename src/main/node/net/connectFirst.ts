import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LanAddress } from '../../../shared/address';

/** An address that says nothing for so long is not there, in ms: on a LAN a device answers within a fraction of it. */
const SILENT_MS = 5_000;
/** Head start of each address over the next, in ms, as RFC 8305 ("happy eyeballs") recommends. */
const HEAD_START_MS = 250;

/**
 * Opens a TCP connection to whichever address answers first; earlier ones get a head start.
 * @param silentMs how long an address may say nothing
 * @returns the socket and the address's index
 * @throws Error of the first address when none answers, or the signal's reason
 */
export async function connectFirst(
  addresses: readonly LanAddress[],
  signal: AbortSignal,
  silentMs = SILENT_MS,
): Promise<{ socket: Socket; index: number }> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const attempts = addresses.map(async (address, index) => {
    if (index > 0) await sleep(index * HEAD_START_MS, undefined, { signal: both });
    return { socket: await connectOne(address, both, silentMs), index };
  });
  try {
    const winner = await Promise.any(attempts);
    // A second one may have connected in the same moment.
    for (const attempt of attempts)
      void attempt.then(
        ({ socket }) => {
          if (socket !== winner.socket) socket.destroy();
        },
        () => undefined,
      );
    return winner;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    over.abort();
  }
}

async function connectOne(
  { host, port }: LanAddress,
  signal: AbortSignal,
  silentMs: number,
): Promise<Socket> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const give = (): void => {
      socket.destroy();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', give, { once: true });
    socket.setTimeout(silentMs, () =>
      socket.destroy(Object.assign(new Error('silent'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', (error) => {
      signal.removeEventListener('abort', give);
      reject(error);
    });
    socket.once('connect', () => {
      signal.removeEventListener('abort', give);
      socket.removeAllListeners('error');
      socket.setTimeout(0).removeAllListeners('timeout');
      // From here on the WebSocket listens for errors; until it does, a close says enough.
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
