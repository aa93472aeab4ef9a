import { z } from 'zod';
import { Hex32 } from '../identity/identity';
import { EndReason } from './endReason';

const Seq = z.int().min(1);
/** Names a feature of sessions, such as `texts`. */
export const FeatureName = z.string().regex(/^[a-z-]{1,32}$/);

/** What counts, is kept until it is acknowledged, and arrives in order whatever happens to the carriers. */
const sequenced = [
  /** `body` is for the feature to read; one that a device does not know is for a newer one, and left alone. */
  z.object({ type: z.literal('message'), seq: Seq, feature: FeatureName, body: z.unknown() }),
  /** The sender's page has another DTLS certificate from here on; see `signRebind`. */
  z.object({
    type: z.literal('rebind'),
    seq: Seq,
    fingerprint: Hex32,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
] as const;
export type SequencedFrame = z.infer<(typeof sequenced)[number]>;

/** What a carrier moves once it has keys, both ways, each frame sealed. */
export const SessionFrame = z.discriminatedUnion('type', [
  ...sequenced,
  /** Everything up to `seq` has arrived. */
  z.object({ type: z.literal('ack'), seq: Seq }),
  /** First on a carrier whose handshake does not say it: the last number that has arrived on others. */
  z.object({ type: z.literal('resume'), seq: z.int().min(0) }),
  z.object({ type: z.literal('close'), reason: EndReason }),
]);
export type SessionFrame = z.infer<typeof SessionFrame>;
