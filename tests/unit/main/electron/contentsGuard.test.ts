import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { type GuardedContents, guardContents } from '../../../../src/main/electron/window/contentsGuard';
import { trustedOrigins } from '../../../../src/main/electron/window/pageOrigin';
import { FakeLog } from '../../../support/FakeLog';

class FakeContents extends EventEmitter {
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  /** Whether the navigation would happen. */
  tries(event: string, url: string, isMainFrame = true): boolean {
    let isPrevented = false;
    this.emit(event, { url, isMainFrame, preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  }
}

describe('guardContents', () => {
  let contents: FakeContents;
  let opened: string[];

  beforeEach(() => {
    contents = new FakeContents();
    opened = [];
    const guarded = contents as unknown as GuardedContents;
    guardContents(guarded, trustedOrigins(true, undefined), (url) => opened.push(url), new FakeLog());
  });

  it.each(['will-frame-navigate', 'will-redirect'])('keeps the page on its own origin on %s', (event) => {
    expect(contents.tries(event, 'app://hither/index.html')).toBe(true);
    expect(contents.tries(event, 'https://example.com/')).toBe(false);
    expect(contents.tries(event, 'file:///etc/passwd')).toBe(false);
    expect(contents.tries(event, 'javascript:alert(1)')).toBe(false);
    expect(opened).toEqual([]);
  });

  it('lets no frame within the page go anywhere, and opens nothing for it', () => {
    expect(contents.tries('will-frame-navigate', 'app://hither/index.html', false)).toBe(false);
    expect(contents.tries('will-frame-navigate', 'https://github.com/', false)).toBe(false);
    expect(opened).toEqual([]);
  });

  it('opens no window, and hands an allowed link to the browser', () => {
    expect(contents.openHandler({ url: 'https://github.com/x' })).toEqual({ action: 'deny' });
    expect(contents.openHandler({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(contents.openHandler({ url: 'app://hither/' })).toEqual({ action: 'deny' });
    expect(opened).toEqual(['https://github.com/x']);
  });

  it('attaches no webview', () => {
    expect(contents.tries('will-attach-webview', 'app://hither/')).toBe(false);
  });

  it.each([
    ['https://github.com/hither', true],
    ['http://github.com/hither', false],
    ['https://github.com.example.com/', false],
    ['https://github.com:8443/', false],
    ['https://user@github.com/', false],
    ['https://example.com/?https://github.com/', false],
    ['file:///C:/Windows/System32/calc.exe', false],
    ['smb://github.com/share', false],
    ['ms-msdt:/id', false],
    ['not a link', false],
  ])('hands %s to the browser: %s', (url, isAllowed) => {
    expect(contents.openHandler({ url })).toEqual({ action: 'deny' });
    expect(opened).toEqual(isAllowed ? [url] : []);
  });
});
