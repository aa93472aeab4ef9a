import type { FeatureSession } from '../../../src/backend/ports';

/** A session as transfers see it. */
export function featureSession(sessionId: string, deviceId: string, name = 'Twin'): FeatureSession {
  const peer = { deviceId, name, platform: 'linux', appVersion: '0.1.0' } as const;
  return { sessionId, peer, agreedFiles: null };
}

/** What the person has set, where nothing but the folder matters. */
export function receiveSettings(downloadsDir: string) {
  return { downloadsDir, autoAcceptDir: null, autoAcceptLimitMb: 0 };
}

/** What a transfer service needs to know of its peers, where any address is theirs and nobody may send unasked. */
export const trustingNobody = {
  mayDial: () => true,
  mayReceiveUnasked: () => false,
  pageStanding: () => 'used' as const,
};
