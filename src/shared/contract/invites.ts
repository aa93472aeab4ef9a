import { z } from 'zod';
import { DeviceName } from '../device';
import { Failure } from '../errors';
import { RandomId } from '../ids';
import { PeerRights } from '../protocol/rights';
import { RelayUrl } from '../protocol/relayUrl';
import { none } from './common';

/** How long an invite by link may be open, in minutes: a week at most. */
const MAX_INVITE_MINUTES = 7 * 24 * 60;

/** Somebody was asked to come, and may begin a session without a further question. */
export const Invite = z.object({
  inviteId: RandomId,
  relayUrl: RelayUrl,
  /** What the other person gets: a link (and the same for the desktop app), or a code to say. */
  way: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('link'), link: z.string(), appLink: z.string() }),
    z.object({ kind: z.literal('code'), code: z.string() }),
  ]),
  rights: PeerRights,
  /** Whether it ends with the first who comes. */
  isSingleUse: z.boolean(),
  createdMs: z.number(),
  expiresMs: z.number(),
  /** Who has come by it, in order: 256 at most, with whom it is used up. */
  guests: z.array(DeviceName),
  /** What keeps others from coming by it now; tries to mend it go on. */
  trouble: Failure.nullable(),
});
export type Invite = z.infer<typeof Invite>;

/** How an invite ended that nobody withdrew. */
export const InviteEnd = z.enum(['used', 'expired', 'burned', 'refused']);
export type InviteEnd = z.infer<typeof InviteEnd>;

export const inviteRequests = {
  /** A link, which needs no answer of the relay. @throws `no-relay`, `too-many-invites` */
  'invites:createLink': {
    args: z.object({
      rights: PeerRights,
      isSingleUse: z.boolean(),
      minutes: z.int().min(1).max(MAX_INVITE_MINUTES),
    }),
    result: Invite,
  },
  /** A code to say, good for ten minutes and one person. @throws also what keeps the relay from being reached */
  'invites:createCode': {
    args: z.object({ rights: PeerRights, language: z.enum(['en', 'ko']) }),
    result: Invite,
  },
  /** Nobody comes by it any more; sessions that it began go on. Unknown ids are fine. */
  'invites:revoke': { args: z.object({ inviteId: RandomId }), result: none },
} as const;

export const inviteEvents = {
  'invites:changed': z.object({ invites: z.array(Invite) }),
  /** An invite is no more. @param guest who came by it, where it was used */
  'invites:ended': z.object({ invite: Invite, end: InviteEnd }),
} as const;
