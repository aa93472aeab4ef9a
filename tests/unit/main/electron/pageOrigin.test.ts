import { describe, expect, it } from 'vitest';
import { isTrustedUrl, originOf, trustedOrigins } from '../../../../src/main/electron/window/pageOrigin';

describe('originOf', () => {
  it.each([
    ['app://hither/assets/a.js?x#y', 'app://hither'],
    ['http://localhost:5173/', 'http://localhost:5173'],
    ['https://user:password@example.com/', 'https://example.com'],
    ['about:blank', null],
    ['blob:app://hither/0b1c', null],
    ['null', null],
    ['', null],
  ])('reads %s as %s', (url, expected) => {
    expect(originOf(url)).toBe(expected);
  });
});

describe('trustedOrigins', () => {
  it('takes the dev server for ours while developing', () => {
    expect(isTrustedUrl('http://localhost:5173/x', trustedOrigins(false, 'http://localhost:5173'))).toBe(
      true,
    );
  });

  it('does not let the environment of a packaged app name a trusted origin', () => {
    expect([...trustedOrigins(true, 'http://evil.example')]).toEqual(['app://hither']);
  });
});
