import { z } from 'zod';
import { TEXTS_FEATURE } from './text';
import { TRACKS_FEATURE } from './tracks';
import { TRANSFERS_FEATURE } from './transfer';
import { VIEW_REQUESTS_FEATURE } from './viewRequests';

/** What somebody who was invited may do in the session; the inviter's backend holds them to it. */
export const PeerRights = z.object({
  /** Show a screen, a camera or a voice. */
  share: z.boolean(),
  /** Offer files. */
  sendFiles: z.boolean(),
  /** Write texts. */
  write: z.boolean(),
  /** Ask to see the inviter's screen. */
  askToView: z.boolean(),
});
export type PeerRights = z.infer<typeof PeerRights>;

/** What a device may that came in another way than by an invite. */
export const ALL_RIGHTS: PeerRights = { share: true, sendFiles: true, write: true, askToView: true };

/** What begins something that takes a right: by feature and type of the message. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, keyof PeerRights>>>> = {
  [TEXTS_FEATURE]: { text: 'write' },
  [TRACKS_FEATURE]: { 'track-published': 'share' },
  [TRANSFERS_FEATURE]: { offer: 'sendFiles', 'offer-entries': 'sendFiles' },
  [VIEW_REQUESTS_FEATURE]: { 'view-request': 'askToView' },
};
const Typed = z.object({ type: z.string() });

/** The right that a message takes, or `null` where anybody may say it. */
export function rightNeeded(feature: string, body: unknown): keyof PeerRights | null {
  const types = Object.hasOwn(NEEDED, feature) ? NEEDED[feature] : undefined;
  const type = types && Typed.safeParse(body).data?.type;
  return types && type !== undefined && Object.hasOwn(types, type) ? (types[type] ?? null) : null;
}
