import type { TFunction } from 'i18next';
import type { Invite } from '../../../shared/contract/invites';
import type { PeerRights } from '../../../shared/protocol/rights';
import type { Format } from '../../i18n/format';
import { rightsWords } from '../../i18n/words';

/** What an invite allows, in one sentence. */
export function allowedWords(t: TFunction, format: Format, rights: PeerRights): string {
  const what = rightsWords(t, format, rights, 'invites.what');
  return what === null ? t('invites.mayNothing') : t('invites.may', { what });
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
