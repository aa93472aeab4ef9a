import { LocalMedia } from '../../src/renderer/core/media/LocalMedia';
import { Session, type SessionOptions } from '../../src/renderer/core/session/Session';
import { stateOf } from '../../src/renderer/core/session/sessionState';
import type { SessionInfo } from '../../src/shared/contract/sessions';
import { RecordingBackend } from './RecordingBackend';
import { recordedSdp } from './sdp/recordedSdp';

/** A browser's offer, and the certificate that it names. */
export const offerSdp = recordedSdp['data-offer']!;
const fingerprint = /a=fingerprint:sha-256 (\S+)/.exec(offerSdp)![1]!.replaceAll(':', '').toLowerCase();
export const sessionId = '1'.repeat(32);

/** A session as a backend tells of it: an unknown Kim asks. */
export function known(change: Partial<SessionInfo> = {}): SessionInfo {
  return {
    sessionId,
    peer: { deviceId: '2'.repeat(32), name: 'Kim', platform: 'linux', appVersion: '0.1.0' },
    role: 'listener',
    remoteAddress: '192.0.2.1',
    isUp: true,
    isAccepted: false,
    peerKey: '3'.repeat(64),
    peerFingerprint: fingerprint,
    code: { icons: [1, 2, 3, 4, 5], digits: '123456789' },
    trust: { state: 'unknown' },
    isVerified: false,
    isPeerVerified: false,
    ...change,
  };
}

function optionsOf(backend: RecordingBackend, direction: SessionOptions['direction']): SessionOptions {
  return {
    sessionId,
    title: 'Kim',
    direction,
    backend,
    certificate: {} as RTCCertificate,
    media: new LocalMedia(),
    captureUnasked: () => Promise.reject(new Error('no screen')),
    readSource: () => Promise.reject(new Error('no source')),
    onChange: () => undefined,
    onFailure: (error) => {
      throw error;
    },
    now: () => 1_000,
  };
}

/** A session that the page has taken up from its backend, and the words that it has sent since. */
export function sessionOf(change: Partial<SessionInfo> = {}, backend = new RecordingBackend()) {
  const signaling = known(change);
  const session = new Session(optionsOf(backend, 'incoming'), stateOf(signaling, 0));
  session.adopt(signaling);
  const sent = () => backend.argsOf('signaling:send').map(({ message }) => message.type);
  return { session, backend, sent };
}

/** A session that has yet to dial. */
export function dialingSession(backend: RecordingBackend): Session {
  return new Session(optionsOf(backend, 'outgoing'), { phase: 'dialing' });
}
