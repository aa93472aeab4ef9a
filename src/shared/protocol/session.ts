import { z } from 'zod';
import { PeerRights } from './rights';
import { FilesPurpose, SessionScope } from './purpose';

/** The feature that every session begins with: two people agree to it. */
export const SESSION_FEATURE = 'session';

/** What the two ends of a session say about it before anything else may pass. A no, or a goodbye, is the frame `close`. */
export const SessionMessage = z.discriminatedUnion('type', [
  /**
   * The dialer says which files a session with the scope `files` is for: its first message, if any. One that makes no sense says
   * nothing.
   */
  z.object({ type: z.literal('purpose'), purpose: FilesPurpose.nullable().catch(null) }),
  /** The person who was asked said yes, perhaps to less than was asked for. */
  z.object({ type: z.literal('accept'), scope: SessionScope.optional().catch(undefined) }),
  /** What the other side may do here, where that is less than everything. */
  z.object({ type: z.literal('rights'), rights: PeerRights }),
  /** The person of this side has compared the code, or trusts the device. */
  z.object({ type: z.literal('verified') }),
]);
export type SessionMessage = z.infer<typeof SessionMessage>;
