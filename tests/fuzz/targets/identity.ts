import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { startCpace } from '../../../src/shared/identity/cpace';
import { DialerHandshake } from '../../../src/shared/identity/DialerHandshake';
import type { HandshakeOptions } from '../../../src/shared/identity/Handshake';
import { identityOf } from '../../../src/shared/identity/identity';
import { ListenerHandshake } from '../../../src/shared/identity/ListenerHandshake';
import { HelloAnswer, IdentityBody, type Welcome } from '../../../src/shared/identity/messages';
import { parseJson } from '../../../src/shared/parseJson';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedJson } from '../mutate';
import { hex32, id } from './samples';

const random = (count: number): Uint8Array => Uint8Array.from(randomBytes(count));
const options = (): HandshakeOptions => ({
  identity: identityOf(random(32)),
  auth: { mode: 'open' },
  random,
});
const claims = {
  fingerprint: hex32,
  name: '노트북',
  platform: 'linux',
  appVersion: '0.1.0',
  capabilities: [],
} as const;
const newDialer = (): Attacker => new Attacker(options(), { ...claims, capabilities: [], sessionId: id });
const newListener = (): ListenerHandshake =>
  new ListenerHandshake(options(), { ...claims, capabilities: [] });

/** A dialer that has the keys and says what it likes with them. */
class Attacker extends DialerHandshake {
  /** Seals a text as this side's first sealed message. */
  sealed(welcomeText: string, text: string): Uint8Array {
    const welcome = parseJson(HelloAnswer, welcomeText) as Welcome;
    this.open({ hello: this.hello, welcome: welcomeText }, welcome, welcome.protocol);
    return this.channel.outgoing.seal(text);
  }
}

const sampleDialer = newDialer();
const sampleWelcome = newListener().handleHello(sampleDialer.hello);
const sampleIdentify = sampleDialer.handleWelcome(sampleWelcome);
if (!(sampleIdentify instanceof Uint8Array)) throw new Error('refused its own twin');
const body = {
  ...claims,
  identityKey: options().identity.publicKey,
  nonce: hex32,
  sessionId: id,
  lastSeq: 3,
};
const identify = { type: 'identify', body: JSON.stringify(body), signature: 'ab'.repeat(64) };

/** Both sides of a handshake against whoever is at the other end. Keys cost about a millisecond, so these get less. */
export const identityTargets = [
  fuzzTarget({
    name: 'hello',
    weight: 0.05,
    inputs: mutatedJson([JSON.parse(sampleDialer.hello)]),
    parse: (hello) => newListener().handleHello(hello),
  }),
  fuzzTarget({
    name: 'welcome',
    weight: 0.05,
    inputs: mutatedJson([
      JSON.parse(sampleWelcome),
      { type: 'refuse', reason: 'busy', protocol: { min: 1, max: 2 } },
    ]),
    parse: (welcome) => newDialer().handleWelcome(welcome),
  }),
  fuzzTarget({
    name: 'sealed bytes',
    weight: 0.02,
    inputs: mutatedBytes([sampleIdentify]),
    parse: (sealed) => {
      const listener = newListener();
      listener.handleHello(newDialer().hello);
      listener.handleIdentify(sealed);
    },
  }),
  fuzzTarget({
    name: 'identities, sealed with the right keys',
    weight: 0.02,
    inputs: mutatedJson([identify]),
    parse: (text) => {
      const [attacker, listener] = [newDialer(), newListener()];
      listener.handleIdentify(attacker.sealed(listener.handleHello(attacker.hello), text));
      throw new Error('took an identity that nobody signed');
    },
  }),
  fuzzTarget({
    name: 'bodies of identities',
    weight: 0.5,
    inputs: mutatedJson([body]),
    parse: (text) => parseJson(IdentityBody, text),
  }),
  fuzzTarget({
    name: 'CPace shares',
    weight: 0.02,
    inputs: fc.oneof(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ maxLength: 70 })),
    parse: (share) => {
      const none = new Uint8Array();
      const run = startCpace({ password: none, channelIdentifier: none, sessionId: none, random });
      return run.finish(share, { role: 'initiator', ownAd: none, peerAd: none });
    },
  }),
];
