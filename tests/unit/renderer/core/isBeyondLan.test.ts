import { describe, expect, it } from 'vitest';
import { isBeyondLan } from '../../../../src/renderer/core/peer/isBeyondLan';

const byRelay = (...urls: string[]) => ({ kind: 'relay', iceServers: [{ urls }] }) as const;
const isBeyond = (route: object) => isBeyondLan(structuredClone(route) as never);

describe('a session leads beyond this network', () => {
  it.each([
    [[]],
    [['stun:relay.example:3478']],
    [['stun:10.example.org']],
    [['stun:203.0.113.7:3478']],
    [['stun:[2001:db8::7]:3478']],
    [['stun:192.168.0.7:3478', 'turn:relay.example?transport=udp']],
    [['no url']],
  ])('by a relay whose servers are %j', (urls) => {
    expect(isBeyond(byRelay(...urls))).toBe(true);
  });

  it.each([
    [['stun:192.168.0.7:47180']],
    [['stun:192.168.0.7']],
    [['stun:[fd12:3456::7]:47180', 'STUN:10.0.0.7:1']],
    [['turns:10.0.0.7?transport=tcp']],
  ])('and not by a relay whose servers are %j', (urls) => {
    expect(isBeyond(byRelay(...urls))).toBe(false);
  });

  it('and not on a LAN', () => {
    expect(isBeyond({ kind: 'lan', iceServers: [] })).toBe(false);
  });
});
