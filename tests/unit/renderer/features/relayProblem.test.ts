import { describe, expect, it } from 'vitest';
import { relayProblem } from '../../../../src/renderer/features/settings/relayProblem';

describe('relayProblem', () => {
  it.each(['', '  ', 'relay.example.org', 'https://example.org/relay/', 'http://192.168.0.2:8080'])(
    'has nothing to say of %o',
    (typed) => expect(relayProblem(typed)).toBeNull(),
  );

  it.each([
    ['ftp://example.org', 'scheme'],
    ['wss://relay.example.org/', 'scheme'],
    ['https://relay.example.org/#AQ', 'parts'],
    ['https://me:secret@relay.example.org', 'parts'],
    ['relay.example.org/?a=b', 'parts'],
    ['a relay of mine', 'host'],
    ['https://', 'host'],
    [`https://${'a'.repeat(280)}`, 'host'],
  ])('says of %o what is wrong', (typed, problem) => expect(relayProblem(typed)).toBe(problem));
});
