import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startCpace } from '../../../../src/shared/identity/cpace';
import { DialerHandshake } from '../../../../src/shared/identity/DialerHandshake';
import type { Auth, OwnClaims } from '../../../../src/shared/identity/Handshake';
import { identityOf } from '../../../../src/shared/identity/identity';
import { ListenerHandshake } from '../../../../src/shared/identity/ListenerHandshake';

const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One side that was told a code by the other person. */
function spoken(code: string, role: 'initiator' | 'responder'): Auth {
  const run = startCpace({
    password: utf8(code),
    channelIdentifier: utf8('hither'),
    sessionId: utf8('one run'),
    random,
  });
  const none = new Uint8Array();
  return {
    mode: 'pake',
    share: run.share,
    finish: (peerShare) => run.finish(peerShare, { role, ownAd: none, peerAd: none }),
  };
}

function sides(ofDialer: string, ofListener: string) {
  const claims: OwnClaims = {
    ...{ fingerprint: 'ab'.repeat(32), name: 'Somebody', platform: 'linux', appVersion: '0.1.0' },
    ...{ capabilities: [], sessionId: 'cd'.repeat(16) },
  };
  const options = (auth: Auth) => ({ identity: identityOf(random(32)), auth, random });
  const dialer = new DialerHandshake(options(spoken(ofDialer, 'initiator')), claims);
  const listener = new ListenerHandshake(options(spoken(ofListener, 'responder')), claims);
  const identify = dialer.handleWelcome(listener.handleHello(dialer.hello));
  if (!(identify instanceof Uint8Array)) throw new Error('refused');
  return { dialer, listener, identify };
}

describe('a handshake with a spoken code', () => {
  it('meets a side that was told the same one', () => {
    const { dialer, listener, identify } = sides('7 harbour violin', '7 harbour violin');
    const seenByListener = listener.handleIdentify(identify);
    const seenByDialer = dialer.handleAnswer(listener.accept());
    expect(seenByDialer).toMatchObject({ code: seenByListener.code });
    expect(listener.channel.incoming.open(dialer.channel.outgoing.seal('hello'))).toBe('hello');
  });

  it('shows a wrong one at the first sealed message, before the listener has said who it is', () => {
    const { listener, identify } = sides('7 harbour violin', '7 harbour viola');
    expect(() => listener.handleIdentify(identify)).toThrow('tampered');
  });
});
