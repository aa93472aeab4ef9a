import type { TFunction } from 'i18next';
import type { Invite } from '../../../shared/contract/invites';
import type { PeerRights } from '../../../shared/protocol/rights';
import type { Format } from '../../i18n/format';

/** What may be allowed, in the order that people are told of it. */
export const RIGHTS = ['share', 'sendFiles', 'write', 'askToView'] as const satisfies (keyof PeerRights)[];

/** What an invite allows, in one sentence. */
export function rightsWords(t: TFunction, format: Format, rights: PeerRights): string {
  const allowed = RIGHTS.filter((right) => rights[right]).map((right) => t(`invites.what.${right}`));
  return allowed.length === 0 ? t('invites.mayNothing') : t('invites.may', { what: format.list(allowed) });
}

/** For whom an invite is, and until when. */
export function validityWords(t: TFunction, format: Format, invite: Invite): string {
  const time = format.time(invite.expiresMs, Date.now());
  return t(invite.isSingleUse ? 'invites.forOne' : 'invites.forSeveral', { time });
}

/** What an invite is called in a list. */
export function inviteName(t: TFunction, { way }: Invite): string {
  return way.kind === 'link' ? t('invites.list.link') : t('invites.list.code', { code: way.code });
}
