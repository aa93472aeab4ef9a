import { z } from 'zod';

/** What a start of the app hands to the app that has its profile already; Chromium rewrites the arguments that it hands over itself. */
const SecondStart = z.object({
  /** A link to open. */
  link: z.string().nullable(),
});
export type SecondStart = z.infer<typeof SecondStart>;

/** The link of a second start; `null` where it has none, or was of a version that says something else. @param handed by the other process */
export function linkOfSecondStart(handed: unknown): string | null {
  const start = SecondStart.safeParse(handed);
  return start.success ? start.data.link : null;
}
