import { z } from 'zod';

/** The feature by which one person asks to see the other's screen. */
export const VIEW_REQUESTS_FEATURE = 'view-requests';

export const ViewRequestMessage = z.discriminatedUnion('type', [
  /** May this side see the other one's screen? Answered by a share, or by `view-declined`. */
  z.object({ type: z.literal('view-request') }),
  /** Not now; or there is no page that could show one. */
  z.object({ type: z.literal('view-declined'), reason: z.enum(['not-now', 'no-screen']).default('not-now') }),
]);
export type ViewRequestMessage = z.infer<typeof ViewRequestMessage>;
