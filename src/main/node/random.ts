import { randomBytes } from 'node:crypto';
import type { Random } from '../../backend/ports';

/** Random bytes of the system's, by OpenSSL. */
export const random: Random = (count) => new Uint8Array(randomBytes(count));
