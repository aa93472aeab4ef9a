import type { RequestHandlers } from '../../shared/contract/backend';
import { HitherError } from '../../shared/errors';
import type { SessionService } from '../sessions/SessionService';
import type { TrustStore } from './TrustStore';

type TrustHandlers = Pick<RequestHandlers, 'trust:pin' | 'trust:update' | 'trust:revoke'>;

/** What the page may ask about trusted devices. */
export function trustHandlers(trust: TrustStore, signaling: SessionService): TrustHandlers {
  return {
    'trust:pin': async ({ sessionId }) => {
      const session = signaling.session(sessionId);
      if (!session.trust.isVerified) throw new HitherError('not-verified');
      const { peer: device, peerKey: identityKey, dialed } = session;
      await trust.pin({ device, identityKey }, dialed);
      return {};
    },
    'trust:update': async ({ deviceId, ...change }) => {
      await trust.update(deviceId, change);
      return {};
    },
    'trust:revoke': async ({ deviceId }) => {
      const revoked = trust.revoke(deviceId);
      signaling.revoked(deviceId);
      await revoked;
      return {};
    },
  };
}
