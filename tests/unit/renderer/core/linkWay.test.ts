import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectionSettings, isBlocked, linkWayOf } from '../../../../src/renderer/core/peer/linkWay';

const relays = { urls: ['stun:relay.example', 'turn:relay.example'], username: 'u', credential: 'c' };
const route = { kind: 'relay', address: null, iceServers: [relays] } as const;
const lan = { kind: 'lan', address: '192.0.2.1', iceServers: [] } as const;
const plain = { hideAddress: false, iceServers: [] };
const stun = { url: 'stun:mine.example', username: '', credential: '' };
const turn = { url: 'turns:mine.example', username: 'me', credential: 'secret' };
const copyOf = (one: object) => structuredClone(one) as never;

describe('the way to a peer', () => {
  it('is by the relay’s servers, or by the person’s own in their place', () => {
    expect(linkWayOf(copyOf(route), plain).iceServers).toEqual([relays]);
    expect(linkWayOf(copyOf(route), { ...plain, iceServers: [stun, turn] }).iceServers).toEqual([
      { urls: ['stun:mine.example'] },
      { urls: ['turns:mine.example'], username: 'me', credential: 'secret' },
    ]);
  });

  describe('by a relay of the own network', () => {
    const near = ['stun:192.168.0.2:47180', 'stun:[fd00::2]:47180'];
    const at = (...iceServers: object[]) => copyOf({ ...route, iceServers });

    it('asks its STUN servers alone: only they see where two machines there reach each other', () => {
      const mine = { ...plain, iceServers: [stun, turn] };
      expect(linkWayOf(at({ urls: near }), mine).iceServers).toEqual([{ urls: near }]);
    });

    it('asks the person’s TURN server too where they hide their address', () => {
      const hidden = { hideAddress: true, iceServers: [turn] };
      const way = linkWayOf(at({ urls: near }), hidden);
      const mine = { urls: ['turns:mine.example'], username: 'me', credential: 'secret' };
      expect(way.iceServers).toEqual([{ urls: near }, mine]);
      expect(isBlocked(way)).toBe(false);
      expect(isBlocked(linkWayOf(at({ urls: near }), { ...hidden, iceServers: [] }))).toBe(true);
    });

    it('keeps them beside the person’s own where the relay names servers outside as well', () => {
      const mixed = at({ urls: [near[0], 'stun:relay.example'] }, relays);
      expect(linkWayOf(mixed, { ...plain, iceServers: [stun] }).iceServers).toEqual([
        { urls: [near[0]] },
        { urls: ['stun:mine.example'] },
      ]);
    });

    it.each([
      'stun:10.0.0.1.example.org',
      'stun:8.8.8.8',
      'stun:[2001:db8::1]:1',
      'turn:10.0.0.1',
      'stuns:10.0.0.1',
    ])('is none with %s', (url) => {
      const way = linkWayOf(at({ urls: [url] }), { ...plain, iceServers: [stun] });
      expect(way.iceServers).toEqual([{ urls: ['stun:mine.example'] }]);
    });
  });

  it('asks no server on a LAN, and hides nothing there', () => {
    const way = { remoteAddress: '192.0.2.1', iceServers: [], mustRelay: false };
    expect(linkWayOf(copyOf(lan), { hideAddress: true, iceServers: [turn] })).toEqual(way);
    expect(linkWayOf(null, { hideAddress: true, iceServers: [turn] })).toEqual({
      ...way,
      remoteAddress: null,
    });
  });

  it('is blocked where everything has to go through a TURN server and there is none', () => {
    const hidden = { hideAddress: true, iceServers: [] };
    expect(isBlocked(linkWayOf(copyOf(route), hidden))).toBe(false);
    expect(isBlocked(linkWayOf(copyOf(route), { ...hidden, iceServers: [stun] }))).toBe(true);
    expect(isBlocked(linkWayOf(copyOf({ ...route, iceServers: [] }), hidden))).toBe(true);
    expect(isBlocked(linkWayOf(copyOf({ ...route, iceServers: [] }), plain))).toBe(false);
    expect(isBlocked(linkWayOf(copyOf(lan), hidden))).toBe(false);
  });
});

describe('the servers of a way, for a browser', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const accepted = (...iceServers: RTCIceServer[]) =>
    connectionSettings({ remoteAddress: null, iceServers, mustRelay: false }).iceServers;
  const user = { username: 'u', credential: 'c' };

  it('are those that it takes, told without a connection, of which a page has few', () => {
    const makeConnection = vi.fn();
    vi.stubGlobal('RTCPeerConnection', makeConnection);
    expect(accepted({ urls: ['stun:a.example', 'http://b.example', 'stun:', 'turn:c.example'] })).toEqual([
      { urls: ['stun:a.example'] },
    ]);
    expect(accepted({ urls: ['turn:[2001:db8::1]:1?transport=tcp', 'turns:c.example?x'], ...user })).toEqual([
      { urls: ['turn:[2001:db8::1]:1?transport=tcp'], ...user },
    ]);
    expect(accepted({ urls: ['turn:c.example?TRANSPORT=tcp'], ...user })).toEqual([]);
    expect(accepted({ urls: ['turn:c.example'] }, { urls: ['stun:a.example:0'] })).toEqual([]);
    expect(accepted({ urls: ['turn:c.example'], ...user, username: '가'.repeat(170) })).toEqual([]);
    expect(makeConnection).not.toHaveBeenCalled();
  });
});
