import { describe, expect, it } from 'vitest';
import { consumePageToken } from '../../../../src/renderer/backend/pageToken';

const TOKEN = 'abcDEF_-0123456789abcdef';

function place(hash: string, stored: Record<string, string> = {}) {
  const urls: string[] = [];
  return {
    urls,
    stored,
    location: { hash, pathname: '/', search: '?x=1' },
    history: { replaceState: (_data: null, _unused: string, url: string) => void urls.push(url) },
    sessionStorage: {
      getItem: (key: string) => stored[key] ?? null,
      setItem: (key: string, value: string) => void (stored[key] = value),
    },
  };
}

describe('takePageToken', () => {
  it('takes the token out of the address and keeps it for reloads of this tab', () => {
    const first = place(`#token=${TOKEN}`);
    expect(consumePageToken(first)).toBe(TOKEN);
    expect(first.urls).toEqual(['/?x=1']);
    const reloaded = place('', first.stored);
    expect(consumePageToken(reloaded)).toBe(TOKEN);
    expect(reloaded.urls).toEqual([]);
  });

  it('prefers the token of a newer start', () => {
    const first = place(`#token=${TOKEN}`);
    consumePageToken(first);
    expect(consumePageToken(place(`#token=${TOKEN}2`, first.stored))).toBe(`${TOKEN}2`);
  });

  it('keeps nothing that could not be a token, and leaves other fragments alone', () => {
    expect(consumePageToken(place('#token=a b,c'))).toBeNull();
    const other = place('#section');
    expect(consumePageToken(other)).toBeNull();
    expect(other.urls).toEqual([]);
  });
});
