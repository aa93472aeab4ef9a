import { describe, expect, it } from 'vitest';
import {
  RendezvousService,
  type RendezvousServiceOptions,
} from '../../../../src/backend/rendezvous/RendezvousService';
import type { Away } from '../../../../src/shared/contract/away';
import { HitherError } from '../../../../src/shared/errors';
import type { FeatureSession } from '../../../../src/backend/ports';
import { ManualClock } from '../../../support/ManualClock';

const OWN = 'https://relay.example';

/** A device that trusts Kim, in a session with her, and what it does about the relays that she names. */
function inSession({
  own = OWN,
  kept = null as string | null,
  isTrusted = (): boolean => true,
  isDown = (): boolean => false,
} = {}) {
  const clock = new ManualClock();
  const [dialed, kepts, meetings]: [string[], (string | null)[], string[]] = [[], [], []];
  const tellings: Away[] = [];
  const kim = { deviceId: 'a'.repeat(32), identityKey: 'b'.repeat(64), name: 'Kim', lastSeenMs: 1 };
  let relay = kept;
  const options: Partial<RendezvousServiceOptions> = {
    clock,
    random: (count) => new Uint8Array(count),
    openSocket: (url) => {
      dialed.push(new URL(url).host);
      return isDown() ? Promise.reject(new HitherError('relay-unreachable')) : new Promise(() => undefined);
    },
    sideOf: () => '0'.repeat(32),
    relayUrl: () => own,
    trusted: () => (isTrusted() ? [kim] : []) as never,
    relayOf: () => relay,
    keepRelay: (_, url) => {
      relay = url;
      kepts.push(url);
    },
    sharedWith: () => new Uint8Array(32),
    send: () => undefined,
    meetAt: (_, url) => meetings.push(url),
    roleIn: () => 'listener',
    onChange: (away) => tellings.push(away),
    onSeen: () => undefined,
  };
  const service = new RendezvousService(options as RendezvousServiceOptions);
  const session = { sessionId: '1', peer: kim } as unknown as FeatureSession;
  const open = () => service.opened(session);
  open();
  return {
    ...{ service, clock, dialed, kepts, meetings, tellings },
    name: (relayUrl: string | null) => service.handle(session, { type: 'relay', relayUrl }),
    /** The session ends, and another one begins. */
    again: () => {
      service.closed(session);
      open();
    },
  };
}

describe('a trusted device that names relays', () => {
  it('is met at the one that it names, which is kept', () => {
    const { name, dialed, kepts, meetings } = inSession();
    name('https://kim.example:8443');
    expect([dialed.includes('kim.example:8443'), kepts, meetings]).toEqual([
      true,
      ['https://kim.example:8443'],
      ['https://kim.example:8443'],
    ]);
  });

  it('has four dialed at once and one a minute after that, the last of them in the end', () => {
    const { name, clock, dialed, kepts, meetings } = inSession();
    for (let n = 0; n < 2_000; n++) name(`https://r${String(n)}.example`);
    expect([kepts.length, meetings.length, new Set(dialed).size]).toEqual([4, 4, 5]);
    clock.advance(61_000);
    expect(kepts.slice(4)).toEqual(['https://r1999.example']);
    clock.advance(600_000);
    expect(kepts).toHaveLength(5);
  });

  it('has no more of them dialed by beginning sessions anew, where naming the same one again costs nothing', () => {
    const { name, again, kepts, meetings } = inSession();
    for (let n = 0; n < 20; n++) {
      again();
      name(`https://r${String(n)}.example`);
    }
    expect(kepts).toHaveLength(4);
    for (let n = 0; n < 20; n++) {
      again();
      name('https://r3.example');
    }
    expect([kepts.length, meetings.length]).toEqual([4, 24]);
  });

  it('is not believed where it names what is on a network of this device’s', () => {
    for (const host of [
      ...['192.168.0.1:2', '10.0.0.1', '172.16.0.1', '169.254.1.1', '127.0.0.1', '0.0.0.0', '100.64.0.1'],
      ...['[fe80::1]', '[fd00::1]', '[::1]', '[::ffff:c0a8:1]', '[64:ff9b::c0a8:1]', '[2002:c0a8:1::]'],
      ...['localhost', 'router', 'nas.local', 'nas.local.', 'a.localhost', 'fritz.home.arpa', '224.0.0.1'],
    ]) {
      const { name, dialed, kepts, meetings } = inSession();
      name(`https://${host}`);
      const elsewhere = dialed.filter((each) => each !== 'relay.example');
      expect([host, elsewhere, kepts, meetings]).toEqual([host, [], [], []]);
    }
    const { name, meetings } = inSession();
    name('http://relay.example');
    expect(meetings).toEqual([]);
  });

  it('is met on the network of both where the person has entered the same relay', () => {
    const own = 'http://192.168.0.5:47180';
    const { name, kepts, meetings } = inSession({ own });
    name(own);
    expect([kepts, meetings]).toEqual([[own], [own]]);
  });

  it('is not looked for at what was kept before that', () => {
    const { service, dialed } = inSession({ kept: 'https://192.168.0.1:2' });
    service.update();
    expect(dialed.length).toBeGreaterThan(0);
    expect(dialed.filter((host) => host !== 'relay.example')).toEqual([]);
  });

  it('is met at what it named before it was trusted, from then on, and not before', () => {
    let isTrusted = false;
    const { name, service, dialed, kepts, meetings } = inSession({ isTrusted: () => isTrusted });
    name('https://kim.example');
    service.update();
    expect([dialed, kepts, meetings]).toEqual([[], [], []]);
    isTrusted = true;
    service.update();
    expect([dialed.includes('kim.example'), kepts, meetings]).toEqual([
      true,
      ['https://kim.example'],
      ['https://kim.example'],
    ]);
  });

  it('takes back what it named, and nothing is left to do when the session or all is over', () => {
    const { name, again, clock, kepts, service } = inSession();
    name('https://kim.example');
    name(null);
    expect(kepts).toEqual(['https://kim.example', null]);
    for (let n = 0; n < 20; n++) name(`https://r${String(n)}.example`);
    again();
    clock.advance(600_000);
    expect(kepts).toHaveLength(4);
    name('https://other.example');
    expect(kepts).toHaveLength(5);
    for (let n = 0; n < 20; n++) name(`https://s${String(n)}.example`);
    const { length } = kepts;
    service.close();
    clock.advance(600_000);
    expect(kepts).toHaveLength(length);
  });
});

describe('a relay that can’t be reached', () => {
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

  it('is told of once it has been so for five seconds, and no longer when nobody is to be met there', async () => {
    let isTrusted = true;
    const { service, clock, tellings } = inSession({ isDown: () => true, isTrusted: () => isTrusted });
    service.update();
    await settled();
    clock.advance(4_900);
    expect(tellings).toEqual([]);
    await settled();
    clock.advance(200);
    expect(tellings).toMatchObject([{ reachable: [], trouble: { code: 'relay-unreachable' } }]);
    expect(service.away.trouble?.code).toBe('relay-unreachable');
    isTrusted = false;
    service.update();
    expect(tellings.slice(1)).toEqual([{ reachable: [], trouble: null }]);
  });

  it('is not told of where it is another device’s', async () => {
    const { name, clock, tellings } = inSession({ own: 'https://relay.example' });
    name('https://kim.example');
    await settled();
    clock.advance(60_000);
    expect(tellings).toEqual([]);
  });
});
