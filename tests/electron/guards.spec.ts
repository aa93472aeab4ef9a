import { join } from 'node:path';
import { findElectron } from '../../scripts/electronRuntime.mjs';
import { root } from '../support/electron/AppProcess';
import { answerQuestions, askedQuestions } from '../support/electron/answerQuestions';
import { expect, test } from '../support/electron/electronTest';
import { ForeignSite } from '../support/electron/ForeignSite';

const CSP_WORDS = /Content Security Policy/;

let site: ForeignSite;

test.beforeEach(async () => {
  site = await ForeignSite.open();
});

test.afterEach(() => {
  site.close();
});

test('a page from elsewhere can be neither loaded, opened nor framed', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  alice.announce(/navigation denied/, CSP_WORDS);
  for (const action of ['open', 'load'] as const) {
    await alice.page.evaluate(
      ([what, url]) => {
        if (what === 'open') window.open(url);
        else window.location.href = url;
      },
      [action, site.url(`/${action}`)] as const,
    );
    const count = action === 'open' ? 1 : 2;
    await expect.poll(async () => (await alice.log()).split('navigation denied').length - 1).toBe(count);
  }
  await alice.page.evaluate(async (url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    const over = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await over;
  }, site.url('/frame'));
  expect(site.visits).toEqual([]);
  expect(await alice.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await alice.app.expectInUse();
});

test('a page within the page, with privileges of its own, is not attached', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  const isPlain = await alice.page.evaluate(() => {
    const webview = document.createElement('webview');
    document.body.append(webview);
    return !('loadURL' in webview);
  });
  expect(isPlain).toBe(true);
  const isPrevented = await alice.evaluate(({ BrowserWindow }) => {
    let prevented = false;
    const event = { preventDefault: () => (prevented = true) };
    BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, {});
    return prevented;
  });
  expect(isPrevented).toBe(true);
});

test('nothing from elsewhere runs in the page or is fetched by it', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  alice.announce(CSP_WORDS, /Mixed Content/);
  const refused = await alice.page.evaluate(async (base) => {
    const directives = new Set<string>();
    const allRefused = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        directives.add(event.effectiveDirective);
        if (directives.size === 3) resolve();
      });
    });
    const inline = document.createElement('script');
    inline.textContent = 'document.title = "taken over"';
    const remote = document.createElement('script');
    remote.src = `${base}remote.js`;
    const image = document.createElement('img');
    image.src = `${base}picture.png`;
    document.body.append(inline, remote, image);
    await fetch(`${base}fetched`).catch(() => undefined);
    await allRefused;
    return { directives: [...directives].sort(), title: document.title };
  }, site.url());
  expect(refused.directives).toEqual(['connect-src', 'img-src', 'script-src-elem']);
  expect(refused.title).not.toBe('taken over');
  expect(site.visits).toEqual([]);
});

test('a page from elsewhere in our own window is not answered, and that is logged', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  alice.announce(/ipc message dropped/);
  const answer = await alice.evaluate(async ({ BrowserWindow }, url) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    await contents.loadURL(url);
    const code = `hither.request('app:attach', {}).then(() => 'answered', (error) => error.message)`;
    return (await contents.executeJavaScript(code)) as string;
  }, site.url());
  expect(answer).toContain('not-allowed');
  expect(await alice.log()).toContain('ipc message dropped');
});

test('a window that the app did not let in is not answered', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  alice.announce(/ipc message dropped/);
  const answer = await alice.evaluate(
    async ({ BrowserWindow }, preload) => {
      const window = new BrowserWindow({ webPreferences: { preload, sandbox: true } });
      await window.loadURL('app://hither/');
      const code = `hither.request('app:attach', {}).then(() => 'answered', (error) => error.message)`;
      return (await window.webContents.executeJavaScript(code)) as string;
    },
    join(root, 'out/preload/index.cjs'),
  );
  expect(answer).toContain('not-allowed');
});

test('a message from a frame within our page is dropped, and that is logged', async ({ desk }) => {
  test.skip(findElectron() !== null, 'only a page that was taken over speaks from there');
  const alice = await desk.launch('Alice', { env: { STAND_IN_SUBFRAMES: '1' } });
  await alice.app.expectInUse();
  alice.announce(/ipc message dropped/);
  const answer = await alice.page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = frame.contentWindow as (Window & typeof globalThis) | null;
    const request = inner?.hither?.request('settings:update', { theme: 'dark' });
    const text = request?.then(
      () => 'answered',
      (error: unknown) => (error as Error).message,
    );
    return { hasBridge: request !== undefined, isOurs: inner?.origin === origin, text: await text };
  });
  expect(answer).toMatchObject({ hasBridge: true, isOurs: true });
  expect(answer.text).toContain('not-allowed');
  expect(await alice.log()).toContain('ipc message dropped');
});

test('a request with wrong arguments is refused with the contract’s error', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  const outcomes = await alice.page.evaluate(async () => {
    const bridge = window.hither!;
    return [
      await bridge.request('settings:update', { name: 5 }),
      await bridge.request('settings:update', { theme: 'loud' }),
      await bridge.request('capture:choose', {}),
      await bridge.request('no:such', {}),
    ];
  });
  const refused = (facts: object) => ({ ok: false, failure: { code: 'bad-request', facts } });
  expect(outcomes).toEqual([
    refused({ request: 'settings:update', path: 'name' }),
    refused({ request: 'settings:update', path: 'theme' }),
    refused({ request: 'capture:choose', path: 'sourceId' }),
    refused({}),
  ]);
});

test('the page names no path: only a file from the disk gets a token', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  const tokens = await alice.page.evaluate(async () => {
    const bridge = window.hither!;
    const made = new File(['x'], 'passwd');
    Object.defineProperty(made, 'path', { value: '/etc/passwd' });
    const tries = [made, { path: '/etc/passwd' }, '/etc/passwd', null];
    return Promise.all(tries.map((file) => bridge.registerFile(file)));
  });
  expect(tokens).toEqual([null, null, null, null]);
});

test('a camera is the person’s to give; where the person is, and what they copied, may not', async ({
  desk,
}) => {
  const alice = await desk.launch('Alice', { args: ['--use-fake-device-for-media-stream'] });
  await alice.app.expectInUse();
  alice.announce(/[Gg]eolocation/, CSP_WORDS);
  await answerQuestions(alice, true);
  const answers = await alice.page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const kinds = stream.getTracks().map((track) => track.kind);
    for (const track of stream.getTracks()) track.stop();
    const place = await new Promise<number>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve(0),
        ({ code }) => resolve(code),
      );
    });
    const query = (name: string) => navigator.permissions.query({ name: name as PermissionName });
    const states = await Promise.all(['clipboard-read', 'geolocation'].map(query));
    return { kinds, place, states: states.map(({ state }) => state) };
  });
  expect(await askedQuestions(alice)).toEqual(['May Hither use the camera?']);
  expect(answers).toEqual({ kinds: ['video'], place: 1, states: ['denied', 'denied'] });
});
