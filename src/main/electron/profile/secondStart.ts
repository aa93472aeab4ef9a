import { z } from 'zod';
import { MAX_INVITE } from '../../../shared/identity/invite';

/** What a start of the app hands to the app that has its profile already; Chromium rewrites the arguments that it hands over itself. */
const SecondStart = z.object({
  /** A link to open. */
  link: z.string().nullable(),
});
type SecondStart = z.infer<typeof SecondStart>;

/**
 * What a start hands over. A link that is too long for an invite is cut, and still too long: what passes between the processes is no
 * longer than anybody could mean.
 * @param link as it came, of any length; `null` for none
 */
export function secondStart(link: string | null): SecondStart {
  return { link: link?.slice(0, MAX_INVITE + 1) ?? null };
}

/** The link of a second start; `null` where it has none, or was of a version that says something else. @param handed by the other process */
export function linkOfSecondStart(handed: unknown): string | null {
  const start = SecondStart.safeParse(handed);
  return start.success ? start.data.link : null;
}
