import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DialerHandshake } from '../../../../src/shared/identity/DialerHandshake';
import type { Auth, OwnClaims, ProvenPeer } from '../../../../src/shared/identity/Handshake';
import { identityOf } from '../../../../src/shared/identity/identity';
import { commitmentOf } from '../../../../src/shared/identity/keySchedule';
import { ListenerHandshake } from '../../../../src/shared/identity/ListenerHandshake';
import { HitherError } from '../../../../src/shared/errors';

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));
const sessionId = 'ab'.repeat(16);
const open: Auth = { mode: 'open' };

function claims(name: string): OwnClaims {
  const fingerprint = randomBytes(32).toString('hex');
  return { fingerprint, name, platform: 'linux', appVersion: '0.1.0', capabilities: [], sessionId };
}

function dialer(auth: Auth = open, identity = identityOf(random(32))): DialerHandshake {
  return new DialerHandshake({ identity, auth, random }, claims('Dialer'));
}

function listener(auth: Auth = open, identity = identityOf(random(32))): ListenerHandshake {
  return new ListenerHandshake({ identity, auth, random }, claims('Listener'));
}

function sealedOf(step: ReturnType<DialerHandshake['handleWelcome']>): Uint8Array {
  if (!(step instanceof Uint8Array)) throw new Error('refused');
  return step;
}

function peerOf(step: ReturnType<DialerHandshake['handleAnswer']>): ProvenPeer {
  if ('type' in step) throw new Error('refused');
  return step;
}

function run(a: DialerHandshake, b: ListenerHandshake): { seenByA: ProvenPeer; seenByB: ProvenPeer } {
  const identify = sealedOf(a.handleWelcome(b.handleHello(a.hello)));
  const seenByB = b.handleIdentify(identify);
  return { seenByB, seenByA: peerOf(a.handleAnswer(b.accept())) };
}

function codeOfError(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof HitherError ? error.code : String(error);
  }
  return 'nothing thrown';
}

describe('handshake', () => {
  it('proves both sides to each other and shows both the same code', () => {
    const [alice, bob] = [identityOf(random(32)), identityOf(random(32))];
    const { seenByA, seenByB } = run(dialer(open, alice), listener(open, bob));
    expect(seenByA.identityKey).toBe(bob.publicKey);
    expect(seenByA.device).toMatchObject({ deviceId: bob.deviceId, name: 'Listener' });
    expect(seenByB.identityKey).toBe(alice.publicKey);
    expect(seenByB.device).toMatchObject({ deviceId: alice.deviceId, name: 'Dialer' });
    expect(seenByA.code).toEqual(seenByB.code);
  });

  it('carries sealed messages both ways afterwards', () => {
    const [a, b] = [dialer(), listener()];
    run(a, b);
    expect(b.channel.incoming.open(a.channel.outgoing.seal('하나'))).toBe('하나');
    expect(a.channel.incoming.open(b.channel.outgoing.seal('둘'))).toBe('둘');
    expect(b.channel.incoming.open(a.channel.outgoing.seal('셋'))).toBe('셋');
  });

  it.each(['repeated', 'reordered', 'truncated', 'changed'])(
    'does not open a sealed message that was %s',
    (how) => {
      const [a, b] = [dialer(), listener()];
      run(a, b);
      const first = a.channel.outgoing.seal('first');
      const second = a.channel.outgoing.seal('second');
      const arriving = {
        repeated: [first, first],
        reordered: [second],
        truncated: [first.slice(0, -1)],
        changed: [first.map((byte, i) => (i === 0 ? byte ^ 1 : byte))],
      }[how];
      expect(codeOfError(() => arriving?.forEach((sealed) => b.channel.incoming.open(sealed)))).toBe(
        'protocol-violation',
      );
    },
  );

  it('shows different codes where two handshakes meet in the middle', () => {
    const middle = [listener(), dialer()] as const;
    const ofA = run(dialer(), middle[0]).seenByA.code;
    const ofB = run(middle[1], listener()).seenByB.code;
    expect(ofA).not.toEqual(ofB);
  });

  it('refuses a side that reveals other things than it committed to', () => {
    const a = dialer();
    const b = listener();
    const forged = {
      ...(JSON.parse(a.hello) as object),
      commitment: commitmentOf({
        nonce: 'cd'.repeat(32),
        identityKey: 'cd'.repeat(32),
        fingerprint: 'cd'.repeat(32),
      }),
    };
    // The dialer itself lies in its hello, so that both transcripts agree.
    Object.defineProperty(a, 'hello', { value: JSON.stringify(forged) });
    const identify = sealedOf(a.handleWelcome(b.handleHello(a.hello)));
    expect(codeOfError(() => b.handleIdentify(identify))).toBe('tampered');
  });

  it('refuses an identity whose key did not sign', () => {
    const stolen = { ...identityOf(random(32)), publicKey: identityOf(random(32)).publicKey };
    const a = dialer(open, stolen);
    const b = listener();
    const identify = sealedOf(a.handleWelcome(b.handleHello(a.hello)));
    expect(codeOfError(() => b.handleIdentify(identify))).toBe('tampered');
  });

  it('ends when a first message was changed on the way', () => {
    const a = dialer();
    const b = listener();
    const hello = a.hello.replace('"type"', ' "type"');
    const identify = sealedOf(a.handleWelcome(b.handleHello(hello)));
    expect(codeOfError(() => b.handleIdentify(identify))).toBe('tampered');
  });

  it.each(['00', '01', 'ec'])('refuses an ephemeral key of small order (%s…)', (first) => {
    const point = first === 'ec' ? `ec${'ff'.repeat(30)}7f` : `${first}${'00'.repeat(31)}`;
    const hello = JSON.stringify({ ...(JSON.parse(dialer().hello) as object), ephemeral: point });
    expect(codeOfError(() => listener().handleHello(hello))).toBe('protocol-violation');
  });

  it('meets only a side with the same secret', () => {
    const secret: Auth = { mode: 'secret', secret: random(32) };
    const { seenByA, seenByB } = run(dialer(secret), listener(secret));
    expect(seenByA.code).toEqual(seenByB.code);
    const a = dialer(secret);
    const b = listener({ mode: 'secret', secret: random(32) });
    const identify = sealedOf(a.handleWelcome(b.handleHello(a.hello)));
    expect(codeOfError(() => b.handleIdentify(identify))).toBe('tampered');
    expect(codeOfError(() => listener(open).handleHello(dialer(secret).hello))).toBe('protocol-violation');
    expect(codeOfError(() => listener(secret).handleHello(dialer(open).hello))).toBe('protocol-violation');
  });

  it('answers a hello of another version by name', () => {
    const hello = JSON.stringify({ type: 'hello', protocol: { min: 900, max: 901 }, whatever: 1 });
    expect(codeOfError(() => listener().handleHello(hello))).toBe('incompatible-version');
  });

  it('tells a refusal in either place', () => {
    const a = dialer();
    expect(
      a.handleWelcome(JSON.stringify({ type: 'refuse', reason: 'busy', protocol: { min: 2, max: 2 } })),
    ).toMatchObject({ reason: 'busy' });
    const b = listener();
    b.handleIdentify(sealedOf(a.handleWelcome(b.handleHello(a.hello))));
    expect(a.handleAnswer(b.refuse('not-taking'))).toMatchObject({ reason: 'not-taking' });
  });
});
