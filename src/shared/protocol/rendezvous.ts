import { z } from 'zod';
import { RelayUrl } from './relayUrl';

/** The feature by which two trusted devices tell each other at which relay they can be found. */
export const RENDEZVOUS_FEATURE = 'rendezvous';

/** Said once when a session begins, and when it changes. `null` = at none. */
export const RendezvousMessage = z.object({ type: z.literal('relay'), relayUrl: RelayUrl.nullable() });
export type RendezvousMessage = z.infer<typeof RendezvousMessage>;
