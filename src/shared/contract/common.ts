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
/** `host`, `host:port`, `[v6]` or `[v6]:port`, as a person types it. */
export const TypedAddress = z.string().trim().min(1).max(255);
