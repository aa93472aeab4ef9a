import { join } from 'node:path';
import { writeRandomFile } from '../support/app/testFiles';
import { connect, type DesktopApp, expect, launchPair, test } from '../support/electron/electronTest';
import { watchNotifications } from '../support/electron/watchNotifications';

const ask = (app: DesktopApp, name: 'shell:notify' | 'shell:openLink', args: object) =>
  app.page.evaluate(([request, given]) => window.hither!.request(request, given), [name, args] as const);

test('a notification comes when the person looks elsewhere, and a click on it brings the window back', async ({
  desk,
}) => {
  const alice = await desk.launch('Alice');
  const notes = await watchNotifications(alice);
  const state = () =>
    alice.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return { isMinimized: window?.isMinimized(), isFocused: window?.isFocused() };
    });
  await alice.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await ask(alice, 'shell:notify', { title: 'Bob', body: 'wants to connect' });
  expect(await notes.shown()).toEqual(['Bob: wants to connect']);
  await notes.clickLast();
  await expect.poll(state).toEqual({ isMinimized: false, isFocused: true });
  await ask(alice, 'shell:notify', { title: 'Bob', body: 'sent a file' });
  expect(await notes.shown()).toHaveLength(1);
});

test('an address from a peer is opened only after the person has seen it and agreed', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  await alice.evaluate(({ dialog, shell }) => {
    const seen = { asked: [] as string[], opened: [] as string[], answer: 0 };
    Object.assign(globalThis, { seen });
    dialog.showMessageBox = (...args: unknown[]) => {
      const { message, detail, buttons } = args.at(-1) as Electron.MessageBoxOptions;
      seen.asked.push([message, detail, ...(buttons ?? [])].join(' | '));
      return Promise.resolve({ response: seen.answer, checkboxChecked: false });
    };
    shell.openExternal = (url: string) => {
      seen.opened.push(url);
      return Promise.resolve();
    };
  });
  const seen = () =>
    alice.evaluate(() => (globalThis as unknown as { seen: { asked: string[]; opened: string[] } }).seen);
  const url = 'https://hithér.example/a?b=1#c';
  const href = 'https://xn--hithr-esa.example/a?b=1#c';
  await ask(alice, 'shell:openLink', { url });
  expect((await seen()).asked).toEqual([`Open this address in your browser? | ${href} | Cancel | Open`]);
  expect((await seen()).opened).toEqual([]);
  await alice.evaluate(() => Object.assign((globalThis as unknown as { seen: object }).seen, { answer: 1 }));
  await ask(alice, 'shell:openLink', { url });
  expect((await seen()).opened).toEqual([href]);
  for (const bad of ['file:///etc/passwd', 'javascript:alert(1)', 'https://bank.example@evil.example/'])
    expect(await ask(alice, 'shell:openLink', { url: bad })).toMatchObject({ ok: false });
  expect((await seen()).asked).toHaveLength(2);
});

test('while files are under way the machine stays awake and the icon shows how far they are', async ({
  desk,
  farDesk,
}) => {
  const file = await writeRandomFile(join(desk.dir, 'long.bin'), 200_000_000);
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  await alice.evaluate(({ BrowserWindow, powerSaveBlocker }) => {
    const signs = { blocks: [] as string[], fractions: [] as number[] };
    Object.assign(globalThis, { signs });
    const start = powerSaveBlocker.start.bind(powerSaveBlocker);
    const stop = powerSaveBlocker.stop.bind(powerSaveBlocker);
    powerSaveBlocker.start = (type) => {
      signs.blocks.push(type);
      return start(type);
    };
    powerSaveBlocker.stop = (id) => {
      signs.blocks.push('stop');
      return stop(id);
    };
    const [window] = BrowserWindow.getAllWindows();
    if (window) window.setProgressBar = (fraction) => void signs.fractions.push(fraction);
  });
  const signs = () =>
    alice.evaluate(
      () => (globalThis as unknown as { signs: { blocks: string[]; fractions: number[] } }).signs,
    );
  await alice.app.drop(file);
  await bob.app.acceptOffer(alice.name);
  await bob.app.expectTransfer('receive', 'long.bin', 'done', 60_000);
  await expect.poll(async () => (await signs()).blocks.at(-1)).toBe('stop');
  const { blocks, fractions } = await signs();
  expect(blocks).toEqual(['prevent-app-suspension', 'stop']);
  expect(fractions.some((fraction) => fraction > 0 && fraction < 1)).toBe(true);
  expect(fractions.at(-1)).toBe(-1);
});
