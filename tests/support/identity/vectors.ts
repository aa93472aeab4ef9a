// The test vectors of PROTOCOL.md: what the handshake's own code gives for fixed secrets. Run as a script, it prints
// the table for the document.
import { DialerHandshake } from '../../../src/shared/identity/DialerHandshake';
import type { HandshakeOptions, OwnClaims } from '../../../src/shared/identity/Handshake';
import { identityOf } from '../../../src/shared/identity/identity';
import { carrierChannel, type Side, transcriptOf } from '../../../src/shared/identity/keySchedule';
import { ListenerHandshake } from '../../../src/shared/identity/ListenerHandshake';
import { Identify } from '../../../src/shared/identity/messages';
import { signRebind } from '../../../src/shared/identity/rebind';
import type { SealedChannel } from '../../../src/shared/identity/seal';
import { toHex } from '../../../src/shared/ids';

/** 32 times the same byte. */
export const bytes = (byte: number, count = 32): Uint8Array => new Uint8Array(count).fill(byte);
const hex = (byte: number, count = 32): string => toHex(bytes(byte, count));

function side(identityByte: number, ephemeralByte: number, nonceByte: number): HandshakeOptions {
  const taken = [ephemeralByte, nonceByte];
  const random = (count: number): Uint8Array => bytes(taken.shift() ?? 0, count);
  return { identity: identityOf(bytes(identityByte)), auth: { mode: 'open' }, random };
}

const sessionId = hex(9, 16);
const claims = (name: string, fingerprintByte: number): OwnClaims => ({
  fingerprint: hex(fingerprintByte),
  ...{ name, platform: 'linux', appVersion: '0.2.0', capabilities: [], sessionId },
});

/** Every value of one handshake, in the order in which it comes to be. */
export function vectors(): Record<string, string> {
  const dialerSide = side(1, 3, 5);
  const listenerSide = side(2, 4, 6);
  const dialer = new DialerHandshake(dialerSide, claims('Dialer', 7));
  const listener = new ListenerHandshake(listenerSide, claims('Listener', 8));
  const welcome = listener.handleHello(dialer.hello);
  const dialersIdentify = dialer.handleWelcome(welcome);
  if (!(dialersIdentify instanceof Uint8Array)) throw new Error('refused');
  const seen = listener.handleIdentify(dialersIdentify);
  const listenersIdentify = listener.accept();
  const opened = open(dialersIdentify);
  return {
    'dialer identity key': dialerSide.identity.publicKey,
    'dialer device id': dialerSide.identity.deviceId,
    'listener identity key': listenerSide.identity.publicKey,
    'listener device id': listenerSide.identity.deviceId,
    hello: dialer.hello,
    welcome,
    transcript: toHex(transcriptOf(dialer.hello, welcome)),
    'dialer body': opened.body,
    'dialer signature': opened.signature,
    'dialer identify, sealed': toHex(dialersIdentify),
    'listener identify, sealed': toHex(listenersIdentify),
    'code, pictures': seen.code.icons.join(' '),
    'code, digits': seen.code.digits,
    'dialer’s {"type":"ack","seq":1}, sealed as its second message': toHex(
      dialer.channel.outgoing.seal('{"type":"ack","seq":1}'),
    ),
    'dialer’s rebind to 0a…0a as message 3, signature': signRebind(dialerSide.identity, {
      ...{ sessionId, seq: 3 },
      fingerprint: hex(10),
    }),
    exporter: toHex(dialer.exporter),
    'dialer’s {"type":"resume","seq":0}, sealed first on a carrier with its nonce 0b…0b and the listener’s 0c…0c':
      toHex(onCarrier('dialer', dialer.exporter).outgoing.seal('{"type":"resume","seq":0}')),
    'listener’s {"type":"resume","seq":0}, sealed first on the same carrier': toHex(
      onCarrier('listener', listener.exporter).outgoing.seal('{"type":"resume","seq":0}'),
    ),
  };
}

function onCarrier(side: Side, exporter: Uint8Array): SealedChannel {
  return carrierChannel(side, exporter, { dialer: bytes(11, 16), listener: bytes(12, 16) });
}

/** What is in the dialer's identify: a second listener with the same secrets opens it. */
function open(sealed: Uint8Array): Identify {
  const dialer = new DialerHandshake(side(1, 3, 5), claims('Dialer', 7));
  const again = new ListenerHandshake(side(2, 4, 6), claims('Listener', 8));
  again.handleHello(dialer.hello);
  return Identify.parse(JSON.parse(again.channel.incoming.open(sealed)));
}

/** The vectors as they stand in the document. */
export function vectorsText(): string {
  return Object.entries(vectors())
    .map(
      ([name, value]) =>
        `${name}:\n${(value.match(/.{1,112}/gu) ?? []).map((line) => `    ${line}`).join('\n')}`,
    )
    .join('\n');
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${vectorsText()}\n`);
