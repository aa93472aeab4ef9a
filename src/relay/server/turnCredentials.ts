import { createHmac, randomBytes } from 'node:crypto';
import { formatLanAddress, type LanAddress } from '../../shared/address';
import { toHex } from '../../shared/ids';
import type { IceServer } from '../../shared/protocol/relay';
import type { RelaySettings } from '../settings/RelaySettings';

/** How long what has no credentials may be kept, in s. */
const STUN_TTL_S = 3_600;

/**
 * The ICE servers that a member is told. TURN credentials are coturn's `use-auth-secret`: the user is `{expiry}:{id}`, the
 * password base64(HMAC-SHA1(secret, user)). The id is random each time, so that the TURN server can't tell who is whom.
 * @param nowMs milliseconds since the epoch; the TURN server's clock must agree within the time they are good
 * @param own where the relay itself answers STUN, or `null`
 */
export function iceServers(
  { stunUrls, turn }: Pick<RelaySettings, 'stunUrls' | 'turn'>,
  nowMs: number,
  own: LanAddress | null = null,
): { servers: IceServer[]; ttlS: number } {
  const stun = own === null ? stunUrls : [`stun:${formatLanAddress(own)}`, ...stunUrls];
  const servers: IceServer[] = stun.length > 0 ? [{ urls: [...stun] }] : [];
  if (turn === null) return { servers, ttlS: STUN_TTL_S };
  const username = `${Math.floor(nowMs / 1000) + turn.ttlS}:${toHex(randomBytes(8))}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  servers.push({ urls: [...turn.urls], username, credential });
  return { servers, ttlS: turn.ttlS };
}
