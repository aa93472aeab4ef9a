import type { Clock, Digest, Log, Random } from '../../../src/backend/ports';

/** Most bytes that a browser gives at a time. */
const RANDOM_CHUNK_BYTES = 65_536;

/** The browser's clock, of a page or of a worker. */
export const browserClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};

export const browserRandom: Random = (count) => {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at += RANDOM_CHUNK_BYTES)
    crypto.getRandomValues(bytes.subarray(at, at + RANDOM_CHUNK_BYTES));
  return bytes;
};

/** SHA-256 by WebCrypto, which only pages of a secure origin have. */
export const browserSha256: Digest = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** Writes what should not happen to the console, where a test sees it, and drops the rest. */
export const troubleLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (event, facts) => console.warn(event, facts),
  error: (event, facts) => console.error(event, facts),
};
