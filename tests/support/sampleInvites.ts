import type { CoreSnapshot } from '../../src/renderer/core/types';
import type { RequestName } from '../../src/shared/contract/contract';
import type { Invite } from '../../src/shared/contract/invites';
import { appLinkOf, formatInviteLink } from '../../src/shared/identity/invite';
import { ALL_RIGHTS } from '../../src/shared/protocol/rights';

const MINUTE_MS = 60_000;
const RELAY = 'https://relay.example.org';

function linkOf(n: number, expiresMs: number): Extract<Invite['way'], { kind: 'link' }> {
  const secret = Uint8Array.from({ length: 16 }, (_, index) => n * 31 + index * 17);
  const link = formatInviteLink({ relayUrl: RELAY, secret, inviter: secret, expiresMs });
  return { kind: 'link', link, appLink: appLinkOf(link) };
}

/** An invite by link that is open for a day. */
export function linkInvite(n: number, change: Partial<Invite> = {}): Invite {
  const createdMs = Date.now();
  const expiresMs = createdMs + 24 * 60 * MINUTE_MS;
  return {
    inviteId: (300 + n).toString(16).padStart(32, '0'),
    relayUrl: RELAY,
    way: linkOf(n, expiresMs),
    rights: ALL_RIGHTS,
    isSingleUse: true,
    createdMs,
    expiresMs,
    guests: [],
    trouble: null,
    ...change,
  };
}

/** An invite by a code, which is good for ten minutes. */
export function codeInvite(n: number, change: Partial<Invite> = {}): Invite {
  const way = { kind: 'code', code: '7-ripe-lantern' } as const;
  return linkInvite(n, { way, expiresMs: Date.now() + 10 * MINUTE_MS, ...change });
}

/** What a backend with these invites makes of a request about them; `null` for any other request. */
export function inviteAnswer(
  name: RequestName,
  args: unknown,
  invites: readonly Invite[],
): { result: unknown; change: Partial<CoreSnapshot> } | null {
  const n = 50 + invites.length;
  switch (name) {
    case 'invites:createLink': {
      const { minutes, ...given } = args as { minutes: number } & Partial<Invite>;
      const expiresMs = Date.now() + minutes * MINUTE_MS;
      const made = linkInvite(n, { ...given, expiresMs });
      return { result: made, change: { invites: [...invites, made] } };
    }
    case 'invites:createCode': {
      const { rights, language } = args as { language: 'en' | 'ko' } & Pick<Invite, 'rights'>;
      const way = { kind: 'code', code: language === 'ko' ? '7-잘익은-등불' : '7-ripe-lantern' } as const;
      const made = codeInvite(n, { rights, way });
      return { result: made, change: { invites: [...invites, made] } };
    }
    case 'invites:revoke': {
      const { inviteId } = args as { inviteId: string };
      return { result: {}, change: { invites: invites.filter((each) => each.inviteId !== inviteId) } };
    }
    case 'app:forgetLink':
      return { result: {}, change: { openedLink: null } };
    default:
      return null;
  }
}
