import { describe, expect, it } from 'vitest';
import { DialerHandshake } from '../../../../src/shared/identity/DialerHandshake';
import { HitherError } from '../../../../src/shared/errors';
import type { HandshakeOptions, OwnClaims } from '../../../../src/shared/identity/Handshake';
import { codeOf, type Revealed } from '../../../../src/shared/identity/keySchedule';
import { ListenerHandshake } from '../../../../src/shared/identity/ListenerHandshake';
import { Identify, IdentityBody } from '../../../../src/shared/identity/messages';
import type { ShortCode } from '../../../../src/shared/identity/shortCode';
import { toHex } from '../../../../src/shared/ids';
import { newFingerprint, newIdentity, random } from '../../../support/lan/identities';

/** The first eight bits of a code: short enough to be hit by trying, which the whole code is not. */
const bitsOf = ({ icons }: ShortCode): number => (((icons[0] ?? 0) << 6) | (icons[1] ?? 0)) >> 4;

const options = (): HandshakeOptions => ({ identity: newIdentity(), auth: { mode: 'open' }, random });
const claims = (): OwnClaims => ({
  ...{ name: 'x', platform: 'linux', appVersion: '0.1.0', capabilities: [] },
  fingerprint: newFingerprint(),
  sessionId: 'a'.repeat(32),
});

/** A dialer that forgets to look at the commitment. */
class CarelessDialer extends DialerHandshake {
  protected override keepsCommitment(): boolean {
    return true;
  }
}

/** The impostor's side towards the dialer: may take another nonce after it has read the dialer's. */
class Impostor extends ListenerHandshake {
  dialers: Revealed | null = null;

  /** Reads the dialer's identify. */
  read(sealed: Uint8Array): void {
    const { body } = Identify.parse(JSON.parse(this.channel.incoming.open(sealed)));
    const claims = IdentityBody.parse(JSON.parse(body));
    this.own.sessionId = claims.sessionId;
    this.dialers = claims;
  }

  /** Tries nonces until the dialer will see `bits`; whether one was found. */
  reach(bits: number): boolean {
    if (this.dialers === null) return false;
    for (let tries = 0; tries < 4_096; tries++) {
      if (bitsOf(codeOf(this.opened.transcript, this.dialers, this.own)) === bits) return true;
      this.own.nonce = toHex(random(32));
    }
    return false;
  }
}

/** Somebody in the middle of two people; whether both see the same eight bits, or how it was found out. */
function attack(dialer: DialerHandshake, isCheating: boolean): boolean | string {
  const listener = new ListenerHandshake(options(), claims());
  const towardsListener = new DialerHandshake(options(), claims());
  const towardsDialer = new Impostor(options(), claims());
  const identify = towardsListener.handleWelcome(listener.handleHello(towardsListener.hello));
  if (!(identify instanceof Uint8Array)) return 'refused';
  // All that can be known of the code at the listener is known before the dialer is answered.
  const wanted = bitsOf(listener.handleIdentify(identify).code);
  const dialers = dialer.handleWelcome(towardsDialer.handleHello(dialer.hello));
  if (!(dialers instanceof Uint8Array)) return 'refused';
  towardsDialer.read(dialers);
  if (isCheating && !towardsDialer.reach(wanted)) return 'not reached';
  try {
    const seen = dialer.handleAnswer(towardsDialer.accept());
    return 'code' in seen && bitsOf(seen.code) === wanted;
  } catch (error) {
    return error instanceof HitherError ? error.code : String(error);
  }
}

describe('a commitment to the nonce', () => {
  it('leaves somebody in the middle no more than chance', () => {
    const hits = [...Array(200).keys()].filter(
      () => attack(new DialerHandshake(options(), claims()), false) === true,
    );
    // 0.8 are expected; ten or more come once in 10^9 runs.
    expect(hits.length).toBeLessThan(10);
  }, 60_000);

  it('is held against who takes another nonce afterwards', () => {
    const outcomes = [...Array(12).keys()].map(() => attack(new DialerHandshake(options(), claims()), true));
    // One in 256 needs no other nonce, and is chance.
    expect(outcomes.filter((outcome) => outcome === 'tampered').length).toBeGreaterThan(9);
    expect(outcomes.filter((outcome) => outcome === true).length).toBeLessThan(3);
  }, 60_000);

  it('is what keeps a code from being reached: without the check, every attack succeeds', () => {
    const outcomes = [...Array(12).keys()].map(() => attack(new CarelessDialer(options(), claims()), true));
    expect(outcomes).toEqual(Array(12).fill(true));
  }, 60_000);
});
