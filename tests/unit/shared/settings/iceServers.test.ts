import { describe, expect, it } from 'vitest';
import { iceServerProblem, OwnIceServer } from '../../../../src/shared/settings/iceServers';

const server = (url: string, username = 'u', credential = 'c') => ({ url, username, credential });

describe('a STUN or TURN server of a person’s own', () => {
  it.each([
    'stun:example.org',
    'stun:example.org:3478',
    'STUN:203.0.113.1',
    'turn:a.example:3478?transport=udp',
    'turns:a.example?transport=tcp',
    'turn:[2001:db8::1]:3478',
  ])('may be %s', (url) => {
    expect(iceServerProblem(server(url))).toBeNull();
    expect(OwnIceServer.safeParse(server(url)).success).toBe(true);
  });

  it.each([
    '',
    'example.org',
    'https://example.org',
    'stun://example.org',
    'stun:',
    'stun:example.org:0',
    'stun:example.org:65536',
    'stun:example.org?transport=udp',
    'turn:example.org?transport=sctp',
    'turn:user@example.org',
    'turn:example.org/path',
    'turn:exam ple.org',
    'turn:2001:db8::1',
    `stun:${'a'.repeat(64)}.example`,
  ])('may not be %j', (url) => {
    expect(iceServerProblem(server(url))).toBe('url');
    expect(OwnIceServer.safeParse(server(url)).success).toBe(false);
  });

  it('has a user and a password where it is a TURN server', () => {
    expect(iceServerProblem(server('stun:example.org', '', ''))).toBeNull();
    for (const [username, credential] of [
      ['', ''],
      ['u', ''],
      ['', 'c'],
    ] as const)
      expect(iceServerProblem(server('turn:example.org', username, credential))).toBe('credentials');
  });
});
