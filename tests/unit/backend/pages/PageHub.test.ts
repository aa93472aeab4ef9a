import { describe, expect, it } from 'vitest';
import { PageHub } from '../../../../src/backend/pages/PageHub';
import type { RequestHandlers } from '../../../../src/shared/contract/backend';
import { SOME_FINGERPRINT } from '../../../support/lan/identities';

function hubWithPages() {
  const bugs: unknown[] = [];
  const hub = new PageHub((error) => bugs.push(error));
  const calls: string[] = [];
  const none = () => ({});
  hub.serve({
    'app:attach': (_args: unknown, pageId: string) => {
      hub.activate(pageId);
      return {};
    },
    'nearby:refresh': (_args: unknown, pageId: string) => {
      calls.push(pageId);
      return {};
    },
    'transfers:clear': () => {
      throw new Error('a bug');
    },
    'app:dismissNotice': none,
  } as unknown as RequestHandlers);
  const connect = () => {
    const told: string[] = [];
    return { told, ...hub.connect((name) => told.push(name)) };
  };
  return { hub, bugs, calls, connect };
}

describe('the hub of pages', () => {
  it('answers a page only once it has attached', async () => {
    const { connect, calls } = hubWithPages();
    const page = connect();
    expect(await page.request('nearby:refresh', {})).toMatchObject({ failure: { code: 'not-allowed' } });
    await page.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    expect(await page.request('nearby:refresh', {})).toEqual({ ok: true, value: {} });
    expect(calls).toEqual([page.pageId]);
  });

  it('sends events to the page that attached last, and tells the one before', async () => {
    const { hub, connect } = hubWithPages();
    const [first, second] = [connect(), connect()];
    await first.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    await second.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    hub.emit('app:notices', { notices: [] });
    expect([first.told, second.told]).toEqual([['app:superseded'], ['app:notices']]);
    expect(await first.request('nearby:refresh', {})).toMatchObject({ failure: { code: 'not-allowed' } });
  });

  it('tells when its active page is gone, and of no other', async () => {
    const { hub, connect } = hubWithPages();
    const gone: string[] = [];
    hub.onGone((pageId) => gone.push(pageId));
    const [first, second] = [connect(), connect()];
    await first.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    second.disconnect();
    expect([gone, hub.hasActivePage]).toEqual([[], true]);
    first.disconnect();
    expect([gone, hub.hasActivePage]).toEqual([[first.pageId], false]);
    hub.emit('app:notices', { notices: [] });
    expect(first.told).toEqual([]);
    expect(await first.request('app:attach', { fingerprint: SOME_FINGERPRINT })).toMatchObject({
      failure: { code: 'not-allowed' },
    });
  });

  it('reports bugs and keeps their words to itself', async () => {
    const { bugs, connect } = hubWithPages();
    const page = connect();
    await page.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    bugs.length = 0;
    expect(await page.request('transfers:clear', {})).toEqual({
      ok: false,
      failure: { code: 'internal', facts: {} },
    });
    expect(bugs).toEqual([new Error('a bug')]);
  });
});
