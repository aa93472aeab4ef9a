import fc from 'fast-check';
import type { z } from 'zod';
import { parseMessage } from '../../../src/shared/protocol/parseMessage';
import { usableSignals } from '../../../src/renderer/core/peer/candidates';
import { DeviceName } from '../../../src/shared/device';
import { Failure } from '../../../src/shared/errors';
import { withoutHidden } from '../../../src/shared/hiddenText';
import { SessionFrame } from '../../../src/shared/protocol/frames';
import { decodeProbe, encodeProbe } from '../../../src/shared/protocol/probe';
import { requireFingerprint } from '../../../src/shared/protocol/sdp';
import { requireSideSdp } from '../../../src/shared/protocol/sideLink';
import { DeviceCard } from '../../../src/shared/protocol/lan';
import { SESSION_FEATURE, SessionMessage } from '../../../src/shared/protocol/session';
import { TEXTS_FEATURE, TextMessage } from '../../../src/shared/protocol/text';
import { LINKS_FEATURE, LinkMessage, RtcSignal } from '../../../src/shared/protocol/links';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedJson, mutatedText, mutatedValue } from '../mutate';
import { pageFeatures } from '../../support/pageFeatures';
import { deviceCards, featureMessages, frames, hex32, rtcSignals, sdps } from './samples';

/** The schema of every feature's messages; a map, as mutated names may be those that every object has. */
const featureSchemas = new Map<string, z.ZodType>([
  [SESSION_FEATURE, SessionMessage],
  [LINKS_FEATURE, LinkMessage],
  [TEXTS_FEATURE, TextMessage],
  ...pageFeatures().map(({ name, schema }) => [name, schema] as const),
]);
const print = (byte: string): string => Array.from({ length: 32 }, () => byte).join(':');
const probes = [
  encodeProbe({ type: 'ask', askedMs: 1_234.5 }),
  encodeProbe({ type: 'answer', askedMs: 1_234.5, cameMs: 9e8 }),
];
const sdpPieces = [
  'v=0\r\n',
  'm=video 9 UDP/TLS/RTP/SAVPF 96\r\n',
  'm=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n',
  `a=fingerprint:sha-256 ${print('AA')}\r\n`,
  'a=fingerprint:sha-1 AA\r\n',
  'a=setup:active\r\n',
  'a=candidate:1 1 udp 1 x.local 9 typ host\r\n',
];

/** What arrives from a peer's page or backend, but for packets: frames, messages of features, SDP, names. */
export const peerTargets = [
  fuzzTarget({
    name: 'frames of a session',
    inputs: mutatedJson(frames),
    parse: (text) => {
      const frame = parseMessage(SessionFrame, text);
      if (frame?.type === 'message') featureSchemas.get(frame.feature)?.safeParse(frame.body);
    },
  }),
  fuzzTarget({
    name: 'device cards',
    inputs: mutatedJson(deviceCards),
    parse: (text) => parseMessage(DeviceCard, text),
  }),
  ...[...featureSchemas].map(([feature, schema]) =>
    fuzzTarget({
      name: `messages of ${feature}`,
      inputs: mutatedValue([...(featureMessages[feature] ?? [])]),
      parse: (body) => schema.safeParse(body),
    }),
  ),
  fuzzTarget({
    name: 'messages of a probe',
    inputs: mutatedBytes(probes),
    parse: (bytes) => {
      const message = decodeProbe(bytes.slice().buffer);
      if (
        message &&
        Object.values(message).some((value) => value !== message.type && !Number.isFinite(value))
      )
        throw new Error('no number');
    },
  }),
  fuzzTarget({
    name: 'sdp',
    inputs: mutatedText(sdps, sdpPieces),
    parse: (sdp) => {
      const [, named = ''] = /a=fingerprint:sha-256 (\S+)/.exec(sdp) ?? [];
      const { fingerprints } = requireFingerprint(sdp, named.replaceAll(':', '').toLowerCase());
      if (fingerprints.length !== 1) throw new Error('not one fingerprint');
      requireSideSdp(sdp, hex32);
    },
  }),
  fuzzTarget({
    name: 'signals for simple-peer',
    inputs: mutatedValue(rtcSignals),
    parse: (value) => {
      const signal = RtcSignal.safeParse(value);
      if (signal.success) usableSignals(signal.data, '192.0.2.7');
    },
  }),
  fuzzTarget({
    name: 'candidates in an sdp',
    inputs: mutatedText(sdps, sdpPieces),
    parse: (sdp) => usableSignals({ type: 'offer', sdp: sdp.slice(0, 65_536) }, 'fe80::1'),
  }),
  fuzzTarget({
    name: 'device names and texts of failures',
    inputs: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      mutatedText(['지민의 노트북', '👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'רשימה']),
    ),
    parse: (text) => {
      const name = DeviceName.safeParse(text);
      if (name.success && (name.data === '' || name.data.length > 40)) throw new Error('out of bounds');
      Failure.safeParse({ code: 'declined', facts: { name: text } });
      if (withoutHidden(text).length > text.length) throw new Error('grew');
    },
  }),
];
