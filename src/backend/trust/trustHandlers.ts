import type { LanAddress } from '../../shared/address';
import type { RequestHandlers } from '../../shared/contract/backend';
import type { DeviceInfo } from '../../shared/device';
import { HitherError } from '../../shared/errors';
import type { TrustStore } from './TrustStore';

/** A session as far as its peer can be trusted. */
interface JudgedSession {
  readonly peer: DeviceInfo;
  /** The peer's proven identity key. */
  readonly peerKey: string;
  /** The address that was dialed, or `null` on the side that was called. */
  readonly dialed: LanAddress | null;
  /** This person has compared the codes. */
  readonly isVerified: boolean;
}

/** The part of the sessions that decisions about trust need. */
export interface JudgedSessions {
  /** @throws HitherError `unknown-session` */
  session(sessionId: string): JudgedSession;
  /** A device is trusted no more: its session ends on both sides. */
  revoked(deviceId: string): void;
}

type TrustHandlers = Pick<RequestHandlers, 'trust:pin' | 'trust:update' | 'trust:revoke'>;

/** What the page may ask about trusted devices. */
export function trustHandlers(trust: TrustStore, sessions: JudgedSessions): TrustHandlers {
  return {
    'trust:pin': async ({ sessionId }) => {
      const { peer: device, peerKey: identityKey, dialed, isVerified } = sessions.session(sessionId);
      if (!isVerified) throw new HitherError('not-verified');
      await trust.pin({ device, identityKey }, dialed);
      return {};
    },
    'trust:update': async ({ deviceId, ...change }) => {
      await trust.update(deviceId, change);
      return {};
    },
    'trust:revoke': async ({ deviceId }) => {
      const revoked = trust.revoke(deviceId);
      sessions.revoked(deviceId);
      await revoked;
      return {};
    },
  };
}
