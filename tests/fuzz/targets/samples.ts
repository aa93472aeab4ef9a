import { offerMessages } from '../../../src/shared/transfer/manifest/offer';
import { recordedSdp } from '../../support/sdp/recordedSdp';

/** Traffic as Hither makes it, for the fuzzer to change. */
export const id = '0123456789abcdef'.repeat(2);
export const hex32 = '0123456789abcdef'.repeat(4);
const protocol = { min: 1, max: 2 };
export const device = { deviceId: id, name: '지민의 노트북', platform: 'linux', appVersion: '0.1.0-beta.1' };
const failure = { code: 'disk-full', facts: { name: 'a.txt', neededBytes: 1e12, freeBytes: 3 } };

export const sdps = Object.values(recordedSdp);
const sdp = recordedSdp['screen-sound-offer']!;
const candidate = {
  candidate: 'candidate:1 1 udp 2113937151 a-b.local 46922 typ host generation 0',
  sdpMid: '0',
  sdpMLineIndex: 0,
};

export const rtcSignals = [
  { type: 'offer', sdp },
  { type: 'answer', sdp: recordedSdp['data-answer']! },
  { type: 'candidate', candidate },
  { type: 'renegotiate', renegotiate: true },
  { type: 'transceiverRequest', transceiverRequest: { kind: 'video' } },
];

const sessionMessages = [{ type: 'accept' }, { type: 'verified' }];

const linkMessages = [
  { type: 'side-offer', side: 1, sdp: recordedSdp['data-offer']! },
  { type: 'side-answer', side: 7, sdp: 'v=0' },
  { type: 'relink', link: 1_700_000_000 },
  ...rtcSignals.map((signal) => ({ type: 'signal', link: 1_700_000_000, signal })),
];

const textMessages = [
  { type: 'text', textId: id, text: '안녕 <b>https://example.org</b>\u202e' },
  { type: 'text-received', textId: id },
];

const viewRequestMessages = [
  { type: 'view-request' },
  { type: 'view-declined' },
  { type: 'view-declined', reason: 'no-screen' },
];

const trackMessages = [
  { type: 'track-published', source: 'screen', streamId: '{7b0e}', mute: 'none' },
  { type: 'track-muted', streamId: '{7b0e}', mute: 'hidden' },
  { type: 'track-unpublished', streamId: '{7b0e}' },
];

const entries = [
  { kind: 'file', path: 'trip/한글 🎉.bin', sizeBytes: 3_000_000, modifiedMs: 1_700_000_000_000 },
  { kind: 'folder', path: 'trip/empty', sizeBytes: 0 },
  { kind: 'file', path: 'one', sizeBytes: 1 },
] as const;

export const transferMessages = [
  ...offerMessages(id, 1, entries),
  { type: 'accept', transferId: id, creditBytes: 16_777_216 },
  { type: 'decline', transferId: id, failure },
  { type: 'credit', transferId: id, creditBytes: 33_554_432 },
  { type: 'file-digests', transferId: id, digests: [{ file: 0, digest: hex32 }] },
  { type: 'refetch', transferId: id, file: 1, block: 2 },
  {
    type: 'resume',
    transferId: id,
    completeBefore: 1,
    partial: [{ file: 1, ranges: [[0, 4]] }],
    creditBytes: 1,
  },
  { type: 'done', transferId: id },
  { type: 'cancel', transferId: id },
  { type: 'fail', transferId: id, failure },
];

/** Messages of features, by feature. */
export const featureMessages: Record<string, readonly object[]> = {
  session: sessionMessages,
  links: linkMessages,
  texts: textMessages,
  'view-requests': viewRequestMessages,
  tracks: trackMessages,
  transfers: transferMessages,
};

export const frames = [
  { type: 'ack', seq: 7 },
  { type: 'resume', seq: 0 },
  { type: 'close', reason: 'left' },
  { type: 'rebind', seq: 3, fingerprint: hex32, signature: hex32 + hex32 },
  ...Object.entries(featureMessages).flatMap(([feature, bodies]) =>
    bodies.map((body, index) => ({ type: 'message', seq: index + 1, feature, body })),
  ),
];

export const deviceCards = [{ hither: protocol, device }];
