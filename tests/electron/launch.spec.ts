import { expect, test } from '../support/electron/electronTest';

test('a first start shows a window that greets the person, with the bridge and nothing of Node', async ({
  desk,
}) => {
  const alice = await desk.launch('Alice', { isVisible: null });
  await expect(alice.page.getByRole('dialog')).toBeVisible();
  await expect(alice.page).toHaveTitle(/Hither/);
  const reach = await alice.page.evaluate(() => ({
    bridge: Object.keys(window.hither ?? {}).sort(),
    nodeish: ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in globalThis),
    isSecure: isSecureContext,
  }));
  expect(reach).toEqual({
    bridge: ['chooseFolders', 'onEvent', 'registerFile', 'request'],
    nodeish: [],
    isSecure: true,
  });
  const url = await alice.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  );
  expect(url).toEqual(['app://hither/']);
});

test('a second launch shows the first one’s window, hands over its arguments and ends well', async ({
  desk,
}) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  await alice.evaluate(({ app, BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.minimize();
    app.on('second-instance', (_event, argv) => Object.assign(globalThis, { secondArgv: argv }));
  });
  const { profileDir } = alice;
  const second = await desk.launch('Alice', { profileDir, args: ['--name', 'Again'], hasWindow: false });
  expect(await second.exitCode).toBe(0);
  await expect
    .poll(() => alice.evaluate(() => (globalThis as { secondArgv?: string[] }).secondArgv ?? []))
    .toContain('Again');
  await expect
    .poll(() =>
      alice.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.isMinimized() || !window.isVisible()),
      ),
    )
    .toEqual([false]);
  await alice.app.expectInUse();
});

test('a click on the app’s icon brings its window back', async ({ desk }) => {
  const alice = await desk.launch('Alice');
  const state = () =>
    alice.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => ({
        isMinimized: window.isMinimized(),
        isFocused: window.isFocused(),
      })),
    );
  await alice.evaluate(({ app, BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.minimize();
    app.emit('activate');
  });
  await expect.poll(state).toEqual([{ isMinimized: false, isFocused: true }]);
});

test('on macOS the app outlives a window that is gone, and a click on its icon opens one that can be used', async ({
  desk,
}) => {
  const alice = await desk.launch('Alice');
  await alice.app.expectInUse();
  const windows = () =>
    alice.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    );
  await alice.evaluate(({ BrowserWindow }) => {
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    BrowserWindow.getAllWindows()[0]?.destroy();
  });
  await expect.poll(windows).toEqual([]);
  await alice.evaluate(({ app }) => app.emit('activate'));
  await expect.poll(windows).toEqual(['app://hither/']);
  await alice.openPage();
  await alice.app.expectInUse();
});
