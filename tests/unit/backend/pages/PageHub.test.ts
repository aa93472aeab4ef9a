import { describe, expect, it } from 'vitest';
import { appState } from '../../../support/appState';
import { ManualClock } from '../../../support/ManualClock';
import { newHub } from '../../../support/newHub';
import type { RequestHandlers } from '../../../../src/shared/contract/backend';
import { SOME_FINGERPRINT } from '../../../support/lan/identities';

function hubWithPages() {
  const bugs: unknown[] = [];
  const clock = new ManualClock();
  /** What the page in use holds. */
  const used = { sends: [], isSharing: false };
  const hub = newHub({
    clock,
    onBug: (error) => bugs.push(error),
    asideOf: (_pageId, usedId) => ({ waiting: [], other: usedId === null ? null : { ...used } }),
  });
  const ends: string[] = [];
  hub.onGone((pageId) => ends.push(`${pageId} gone`));
  hub.onClosed((pageId) => ends.push(`${pageId} closed`));
  const calls: string[] = [];
  const none = () => ({});
  hub.serve({
    'app:look': (_args: unknown, pageId: string) => ({ ...hub.look(pageId), settings: appState.settings }),
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
  const connect = (name: string | null = null) => {
    const told: string[] = [];
    const events: unknown[] = [];
    const page = hub.connect((event, data) => {
      told.push(event);
      events.push(data);
    }, name);
    const attach = () => page.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    return { told, events, attach, ...page };
  };
  return { hub, clock, used, bugs, calls, ends, connect };
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

  it('keeps a page that is away for a moment, under its name, and one that is away for long no longer', async () => {
    const { hub, clock, ends, connect } = hubWithPages();
    const first = connect('a');
    await first.attach();
    first.lose();
    clock.advance(59_000);
    expect([ends, hub.standingOf('a')]).toEqual([['a gone'], 'aside']);
    const again = connect('a');
    await again.attach();
    expect(await first.attach()).toMatchObject({ failure: { code: 'not-allowed' } });
    clock.advance(60_000);
    expect([ends, hub.standingOf('a')]).toEqual([['a gone'], 'used']);
    // The end of a socket that was replaced means nothing.
    first.disconnect();
    again.lose();
    clock.advance(60_000);
    expect([ends, hub.standingOf('a')]).toEqual([['a gone', 'a gone', 'a closed'], 'closed']);
  });

  it('counts a page as gone whose new socket is there before the end of the old one is noticed', async () => {
    const { ends, connect } = hubWithPages();
    await connect('a').attach();
    await connect('a').attach();
    expect(ends).toEqual(['a gone']);
  });

  it('knows at once that a page is closed which can’t come back, or says so', async () => {
    const { ends, connect } = hubWithPages();
    const [nameless, named, aside] = [connect(), connect('b'), connect('c')];
    await nameless.attach();
    nameless.lose();
    await aside.attach();
    await named.attach();
    aside.disconnect();
    named.disconnect();
    const [one] = [nameless.pageId];
    expect(ends).toEqual([`${one} gone`, `${one} closed`, 'c gone', 'c closed', 'b gone', 'b closed']);
  });

  it('lets a page look before it attaches, and tells one that is set aside what is new of the one in use', async () => {
    const { hub, used, connect } = hubWithPages();
    const [first, second] = [connect(), connect()];
    expect(await first.request('app:look', {})).toMatchObject({ value: { other: null } });
    await first.attach();
    expect(await second.request('app:look', {})).toMatchObject({ value: { other: { isSharing: false } } });
    expect([first.told, second.told]).toEqual([[], []]);
    used.isSharing = true;
    hub.asideChanged();
    hub.asideChanged();
    expect(second.events).toEqual([{ waiting: [], other: { sends: [], isSharing: true } }]);
    expect(first.told).toEqual([]);
  });

  it('tells the page that was set aside last when no page is in use, unless one comes at once', async () => {
    const { clock, connect } = hubWithPages();
    const [first, second, third] = [connect(), connect(), connect('c')];
    for (const page of [first, second, third]) await page.attach();
    third.lose();
    clock.advance(2_999);
    const back = connect('c');
    await back.attach();
    clock.advance(10_000);
    expect([first.told.length, second.told.length]).toEqual([1, 1]);
    back.disconnect();
    clock.advance(3_000);
    expect(second.events.at(-1)).toEqual({ waiting: [], other: null });
    expect(first.told.length).toBe(1);
  });

  it('does nothing by itself once it is closed', async () => {
    const { hub, clock, connect } = hubWithPages();
    const [first, second] = [connect('a'), connect('b')];
    await first.attach();
    await second.attach();
    first.lose();
    hub.close();
    second.lose();
    expect(clock.pending).toBe(0);
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
