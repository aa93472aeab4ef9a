import { base64urlnopad } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { CODE_WORDS } from '../../../../src/backend/invites/codeWords';
import { sharedSecretOf, identityOf, relaySideOf } from '../../../../src/shared/identity/identity';
import {
  appLinkOf,
  formatInviteLink,
  inviteAuth,
  inviteMailbox,
  inviterMark,
  looksLikeInvite,
  parseInvite,
  rendezvousMailbox,
} from '../../../../src/shared/identity/invite';
import { toHex } from '../../../../src/shared/ids';
import { parseRelayUrl, RelayUrl, relaySocketUrl } from '../../../../src/shared/protocol/relayUrl';
import { ALL_RIGHTS, rightNeeded } from '../../../../src/shared/protocol/rights';

const secret = Uint8Array.from({ length: 16 }, (_, index) => index * 16);
const inviter = inviterMark(secret, 'ab'.repeat(32));
const expiresMs = Date.UTC(2026, 10, 29, 12, 30);

describe('a link', () => {
  it('names its relay and holds its secret behind the #, in both forms', () => {
    for (const relayUrl of ['https://relay.example/base', 'http://10.0.0.2:47180']) {
      const link = formatInviteLink({ relayUrl, secret, inviter, expiresMs });
      expect(link).toMatch(new RegExp(`^${relayUrl}/#[\\w-]{50}$`));
      for (const text of [link, appLinkOf(link), ` ${link}\n`])
        expect(parseInvite(text)).toEqual({ kind: 'link', relayUrl, secret, inviter, expiresMs });
      expect(appLinkOf(link)).toMatch(/^hither:\/\//);
    }
  });

  it('names the key of its inviter, in a way that no other link does', () => {
    expect(inviter).toHaveLength(16);
    expect(inviterMark(secret, 'ab'.repeat(32))).toEqual(inviter);
    expect(inviterMark(secret, 'cd'.repeat(32))).not.toEqual(inviter);
    expect(inviterMark(new Uint8Array(16), 'ab'.repeat(32))).not.toEqual(inviter);
  });

  it('is none of an earlier version, which named nobody', () => {
    const before = base64urlnopad.encode(Uint8Array.of(1, 0, 0, 0, 0, ...secret));
    expect(parseInvite(`https://relay.example/#${before}`)).toBeNull();
  });

  it('tells the relay nothing of its secret', () => {
    const auth = inviteAuth(secret);
    const mailbox = inviteMailbox(secret);
    expect(mailbox).toMatch(/^[0-9a-f]{64}$/);
    expect(auth.mode === 'secret' && toHex(auth.secret)).not.toBe(mailbox);
    expect(mailbox).not.toContain(toHex(secret));
  });

  it.each([
    '',
    'https://relay.example/',
    'https://relay.example/#',
    'https://relay.example/#AAAA',
    'x#y',
    '#',
    'ftp://a/#b',
  ])('is not %j', (text) => expect(parseInvite(text)).toBeNull());
});

describe('a spoken code', () => {
  it.each([
    ['7-ripe-lantern', '7', 'ripe-lantern'],
    [' 42  RIPE  Lantern ', '42', 'ripe-lantern'],
    ['7–ripe—lantern', '7', 'ripe-lantern'],
    ['7 잘익은 등불', '7', '잘익은-등불'],
    ['7-잘익은-등불'.normalize('NFD'), '7', '잘익은-등불'],
  ])('is read of %j', (text, nameplate, words) => {
    expect(parseInvite(text)).toEqual({ kind: 'code', nameplate, words });
    expect(looksLikeInvite(text)).toBe(true);
  });

  it.each([
    '7',
    '7-ripe',
    '0-ripe-lantern',
    '7-ripe-lantern-green',
    'ripe-lantern-7',
    '192.168.0.2',
    'host:4711',
    '12345678-a-b',
  ])('is not %j', (text) => {
    expect(parseInvite(text)).toBeNull();
    expect(looksLikeInvite(text)).toBe(false);
  });

  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (const [i, x] of a.split(/(?:)/u).entries()) {
      const next = [i + 1];
      for (const [j, y] of b.split(/(?:)/u).entries())
        next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (x === y ? 0 : 1)));
      row = next;
    }
    return row.at(-1)!;
  };

  it.each([
    ['en', 'attributes'],
    ['en', 'things'],
    ['ko', 'attributes'],
    ['ko', 'things'],
  ] as const)('has 128 words of which no two look alike (%s %s)', (language, kind) => {
    const words = CODE_WORDS[language][kind].map((word) => word.normalize('NFD'));
    expect(new Set(words).size).toBe(128);
    const alike = words.flatMap((a, index) =>
      words
        .slice(index + 1)
        .filter((b) => distance(a, b) < 2)
        .map((b) => [a, b]),
    );
    expect(alike).toEqual([]);
    for (const word of CODE_WORDS[language][kind])
      expect(parseInvite(`7-${word}-${word}`), word).toMatchObject({ words: `${word}-${word}` });
  });
});

describe('two devices with each other’s keys', () => {
  const [anna, ben, eve] = [1, 2, 3].map((n) => identityOf(new Uint8Array(32).fill(n)));

  it('have a secret that nobody else has, and a mailbox that is another one every day', () => {
    const ours = sharedSecretOf(anna!, ben!.publicKey);
    expect(ours).toEqual(sharedSecretOf(ben!, anna!.publicKey));
    expect(ours).not.toEqual(sharedSecretOf(anna!, eve!.publicKey));
    expect(rendezvousMailbox(ours, 20_000)).not.toBe(rendezvousMailbox(ours, 20_001));
    for (const bad of ['00'.repeat(32), 'ff'.repeat(32), 'xy'])
      expect(() => sharedSecretOf(anna!, bad)).toThrow('bad-request');
  });

  it('have a place of their own in each mailbox, and two where they come to themselves', () => {
    const [one, other] = ['ab'.repeat(32), 'cd'.repeat(32)];
    const sides = [
      relaySideOf(anna!, one, 'waits'),
      relaySideOf(anna!, one, 'comes'),
      relaySideOf(anna!, other, 'waits'),
      relaySideOf(ben!, one, 'waits'),
    ];
    expect(new Set(sides).size).toBe(4);
    expect(relaySideOf(anna!, one, 'waits')).toBe(sides[0]);
  });
});

describe('the address of a relay', () => {
  it.each([
    ['relay.example', 'https://relay.example'],
    ['https://relay.example/base/', 'https://relay.example/base'],
    ['HTTP://Relay.Example:80/', 'http://relay.example'],
    ['http://[::1]:47180', 'http://[::1]:47180'],
    // No certificate can be had for these.
    ['192.168.0.7:47180', 'http://192.168.0.7:47180'],
    ['localhost:47180/base', 'http://localhost:47180/base'],
    ['[fd00::1]:47180', 'http://[fd00::1]:47180'],
    ['203.0.113.9:443', 'https://203.0.113.9'],
  ])('%j is %j', (text, url) => {
    expect(parseRelayUrl(text)).toBe(url);
    expect(RelayUrl.safeParse(url).success).toBe(true);
  });

  it.each([
    '',
    'ftp://a',
    'https://a:b@c',
    'https://a/?b',
    'https://a/#b',
    'https://',
    'a b',
    `https://${'a'.repeat(300)}`,
  ])('is not %j', (text) => expect(parseRelayUrl(text)).toBeNull());

  it('leads to its socket', () => {
    expect(relaySocketUrl('https://relay.example/base')).toBe('wss://relay.example/base/hither/relay');
  });
});

describe('the right that a message takes', () => {
  it.each([
    ['texts', 'text', 'write'],
    ['texts', 'text-received', null],
    ['tracks', 'track-published', 'share'],
    ['transfers', 'offer', 'sendFiles'],
    ['transfers', 'offer-entries', 'sendFiles'],
    ['transfers', 'accept', null],
    ['view-requests', 'view-request', 'askToView'],
    ['toString', 'text', null],
    ['texts', 'toString', null],
  ])('%s %s: %s', (feature, type, right) => {
    expect(rightNeeded(feature, { type })).toBe(right);
  });

  it('is one that an inviter can give', () => {
    expect(Object.keys(ALL_RIGHTS).sort()).toEqual(['askToView', 'sendFiles', 'share', 'write']);
  });
});
