import { describe, expect, it } from 'vitest';
import { isBlocked, linkWayOf } from '../../../../src/renderer/core/peer/linkWay';

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
