import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createEmbeddedRelay } from '../../src/relay/createEmbeddedRelay';
import { FakeLog } from '../support/FakeLog';
import { afterwards } from '../support/lan/opened';
import { startRelay } from '../support/relay/startRelay';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

describe('the page at the address of a relay', () => {
  it('is there with and without a slash behind the base path, and nowhere else', async () => {
    const { http } = await startRelay({ basePath: '/rendezvous' });
    for (const path of ['/rendezvous', '/rendezvous/', '/rendezvous/?from=mail']) {
      const response = await fetch(http + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain('Somebody invites you to Hither');
    }
    for (const path of ['/', '/rendezvous/x', '/rendezvousx'])
      expect((await fetch(http + path)).status).toBe(404);
  });

  it('lets a browser run its own script and style and nothing else', async () => {
    const { http } = await startRelay();
    const response = await fetch(`${http}/`);
    const policy = response.headers.get('content-security-policy') ?? '';
    const text = await response.text();
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ] as const) {
      const inside = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(text)?.[1] ?? '';
      expect(inside).not.toBe('');
      expect(policy).toContain(`${directive} 'sha256-${hashOf(inside)}'`);
    }
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(text).not.toMatch(/\b(src|action)=|url\(|@import|fetch\(/);
  });

  it('answers HEAD with the headers alone, and no POST', async () => {
    const { http } = await startRelay();
    const response = await fetch(`${http}/`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(1_000);
    expect(await response.text()).toBe('');
    expect((await fetch(`${http}/`, { method: 'POST' })).status).toBe(405);
  });

  it('is at the relay in an app as well', async () => {
    const relay = createEmbeddedRelay(0, new FakeLog());
    afterwards(() => relay.close());
    const port = await relay.start();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(await response.text()).toContain('Somebody invites you to Hither');
  });
});
