import { z } from 'zod';

/** The newest version of the peer protocol (PROTOCOL.md) that this build speaks, and the oldest. */
export const PROTOCOL_VERSION = { min: 3, max: 3 } as const;

export const VersionRange = z
  .object({ min: z.int().min(1).max(65535), max: z.int().min(1).max(65535) })
  .refine((range) => range.min <= range.max);
export type VersionRange = z.infer<typeof VersionRange>;

/** The newest version both ranges hold, or `null` where they do not meet. */
export function commonVersion(ours: VersionRange, theirs: VersionRange): number | null {
  const newest = Math.min(ours.max, theirs.max);
  return newest >= Math.max(ours.min, theirs.min) ? newest : null;
}
