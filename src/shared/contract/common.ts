import { z } from 'zod';
import { RandomId } from '../ids';

/** Nothing to say. */
export const none = z.object({});
/** Names a session. */
export const sessionRef = z.object({ sessionId: RandomId });
/** Names a transfer. */
export const transferRef = z.object({ transferId: RandomId });
/** An absolute path of a folder on the backend's machine. */
export const folderPath = z.string().min(1).max(4096);
