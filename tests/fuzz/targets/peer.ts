import fc from 'fast-check';
import { z } from 'zod';
import { parseMessage } from '../../../src/shared/protocol/parseMessage';
import { usableSignals } from '../../../src/renderer/core/peer/candidates';
import { DeviceName } from '../../../src/shared/device';
import { Failure } from '../../../src/shared/errors';
import { withoutHidden } from '../../../src/shared/hiddenText';
import { parseControlMessage } from '../../../src/shared/protocol/control';
import { requireFingerprint } from '../../../src/shared/protocol/sdp';
import { requireSideSdp } from '../../../src/shared/protocol/sideLink';
import * as lan from '../../../src/shared/protocol/lan';
import { RtcSignal, SignalMessage } from '../../../src/shared/protocol/links';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedJson, mutatedText, mutatedValue } from '../mutate';
import { controlMessages, hex32, lanMessages, rtcSignals, sdps, signalMessages } from './samples';

const lanSchemas = Object.values<unknown>({ ...lan }).filter(
  (each): each is z.ZodType => each instanceof z.ZodType,
);
const print = (byte: string): string => Array.from({ length: 32 }, () => byte).join(':');
const sdpPieces = [
  'v=0\r\n',
  'm=video 9 UDP/TLS/RTP/SAVPF 96\r\n',
  'm=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n',
  `a=fingerprint:sha-256 ${print('AA')}\r\n`,
  'a=fingerprint:sha-1 AA\r\n',
  'a=setup:active\r\n',
  'a=candidate:1 1 udp 1 x.local 9 typ host\r\n',
];

/** What arrives from a peer as text: signaling, control messages, SDP, names. */
export const peerTargets = [
  fuzzTarget({
    name: 'lan messages and device cards',
    inputs: mutatedJson(lanMessages),
    parse: (text) => lanSchemas.map((schema) => parseMessage(schema, text)),
  }),
  fuzzTarget({
    name: 'signal messages',
    inputs: mutatedJson(signalMessages),
    parse: (text) => parseMessage(SignalMessage, text),
  }),
  fuzzTarget({ name: 'control messages', inputs: mutatedJson(controlMessages), parse: parseControlMessage }),
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
