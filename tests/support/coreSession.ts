import { LocalMedia } from '../../src/renderer/core/media/LocalMedia';
import { Session, type SessionOptions } from '../../src/renderer/core/session/Session';
import type { SessionInfo } from '../../src/shared/contract/sessions';
import type { OwnIceServer } from '../../src/shared/settings/iceServers';
import { LINKS_FEATURE, LinkMessage } from '../../src/shared/protocol/links';
import { linkMaker } from './FakePeerLink';
import { ALL_RIGHTS } from '../../src/shared/protocol/rights';
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
    phase: 'asked',
    scope: 'all',
    purpose: null,
    route: { kind: 'lan', address: '192.0.2.1', iceServers: [] },
    proof: 'code',
    rights: ALL_RIGHTS,
    ownRights: ALL_RIGHTS,
    peerKey: '3'.repeat(64),
    peerFingerprint: fingerprint,
    hasPeerPage: true,
    code: { icons: [1, 2, 3, 4, 5], digits: '123456789' },
    trust: { state: 'unknown' },
    isVerified: false,
    isPeerVerified: false,
    waitsUntilMs: null,
    ...change,
  };
}

/** What the page has of one session, and the links that it made. */
function pageOf(backend: RecordingBackend, direction: SessionOptions['direction']) {
  const preferences: { hideAddress: boolean; iceServers: OwnIceServer[] } = {
    hideAddress: false,
    iceServers: [],
  };
  const { links, createLink } = linkMaker();
  const failures: unknown[] = [];
  const session = new Session({
    sessionId,
    title: 'Kim',
    scope: 'all',
    direction,
    backend,
    certificate: {} as RTCCertificate,
    preferences: () => preferences,
    media: new LocalMedia(),
    createLink,
    createSideLink: () => {
      throw new Error('no side links here');
    },
    captureUnasked: () => Promise.reject(new Error('no screen')),
    readSource: () => Promise.reject(new Error('no source')),
    onChange: () => undefined,
    onFailure: (error) => failures.push(error),
    now: () => 1_000,
  });
  /** What was said to the peer, by type. */
  const sent = () =>
    backend
      .argsOf('sessions:send')
      .map(({ feature, body }) => (feature === LINKS_FEATURE ? LinkMessage.parse(body).type : feature));
  return { session, backend, links, sent, failures, preferences };
}

/** A session that the page has from its backend, and the words that it has sent since. */
export function sessionOf(
  change: Partial<SessionInfo> = {},
  { backend = new RecordingBackend(), isResuming = false } = {},
) {
  const page = pageOf(backend, 'incoming');
  page.session.update(known(change), isResuming);
  return page;
}

/** A session that is being dialed. */
export function dialingSession() {
  return pageOf(new RecordingBackend(), 'outgoing');
}
