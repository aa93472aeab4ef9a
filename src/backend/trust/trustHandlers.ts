import type { RequestHandlers } from '../../shared/contract/backend';
import type { TrustStore } from './TrustStore';

type TrustHandlers = Pick<RequestHandlers, 'trust:update' | 'trust:revoke'>;

/**
 * What the page may ask about trusted devices.
 * @param onRevoked a device is trusted no more: its session ends on both sides
 */
export function trustHandlers(trust: TrustStore, onRevoked: (deviceId: string) => void): TrustHandlers {
  return {
    'trust:update': async ({ deviceId, ...change }) => {
      await trust.update(deviceId, change);
      return {};
    },
    'trust:revoke': async ({ deviceId }) => {
      const revoked = trust.revoke(deviceId);
      onRevoked(deviceId);
      await revoked;
      return {};
    },
  };
}
