import { mkdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { dropPaths } from '../support/app/dropPaths';
import { digestOf, digestsUnder, writeFolder, writeRandomFile } from '../support/app/testFiles';
import { connect, type DesktopApp, expect, launchPair, test } from '../support/electron/electronTest';

/** Has the dialog answer with a folder, as if the person had picked it. */
async function answerFolderDialog(app: DesktopApp, dir: string): Promise<void> {
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, dir);
}

/** Notes every read of a file's bytes in the page from now on. */
async function watchReads(app: DesktopApp): Promise<() => Promise<string[]>> {
  await app.page.evaluate(() => {
    const reads: string[] = [];
    Object.assign(globalThis, { reads });
    type Methods = Record<string, (...args: unknown[]) => unknown>;
    const watch = (prototype: object, names: readonly string[]) => {
      const methods = prototype as Methods;
      for (const name of names) {
        const original = methods[name]!;
        methods[name] = function (this: unknown, ...args: unknown[]) {
          reads.push(name);
          return original.apply(this, args);
        };
      }
    };
    watch(Blob.prototype, ['slice', 'stream', 'arrayBuffer', 'text', 'bytes']);
    watch(FileReader.prototype, ['readAsArrayBuffer', 'readAsDataURL', 'readAsText']);
  });
  return () => app.page.evaluate(() => (globalThis as unknown as { reads: string[] }).reads);
}

test('files and folders dropped on a card are sent by their path; the page never reads them', async ({
  desk,
  farDesk,
}) => {
  const file = await writeRandomFile(join(desk.dir, 'report ü 한.bin'), 3_000_000);
  const folder = await writeFolder(join(desk.dir, 'album'), 12);
  const [alice, bob] = await launchPair(desk, farDesk);
  await expect(alice.app.card(bob.name)).toBeVisible({ timeout: 20_000 });
  const reads = await watchReads(alice);
  await alice.app.dropOnCard(bob.name, file, folder);
  const request = bob.app.fileRequest(alice.name);
  // The file, and what is in the folder, which the backend has counted.
  await expect(request).toContainText(`${alice.name} wants to send 13 files`);
  await expect(request).toContainText('album/');
  await request.getByRole('button', { name: en.app.accept }).click();
  for (const { app } of [alice, bob]) {
    await app.trust.code();
    await app.trust.confirmCode();
  }
  await bob.app.expectTransfer('receive', 'report', 'done', 30_000);
  const received = await digestsUnder(bob.downloadsDir);
  const sent = new Map([
    ['report ü 한.bin', await digestOf(file)],
    ['album/', ''],
    ...[...(await digestsUnder(folder))].map(([path, digest]) => [`album/${path}`, digest] as const),
  ]);
  expect(Object.fromEntries(received)).toEqual(Object.fromEntries(sent));
  expect(await reads()).toEqual([]);
});

test('chosen files are sent by their path as well', async ({ desk, farDesk }) => {
  const file = await writeRandomFile(join(desk.dir, 'chosen.bin'), 100_000);
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  const reads = await watchReads(alice);
  await alice.app.sendFiles(file);
  await bob.app.acceptOffer(alice.name);
  await bob.app.expectTransfer('receive', 'chosen.bin', 'done');
  expect([...(await digestsUnder(bob.downloadsDir)).keys()]).toEqual(['chosen.bin']);
  expect(await reads()).toEqual([]);
});

test('folders that are chosen or dropped are read by their paths: links are named, times and what may be run stay', async ({
  desk,
  farDesk,
}) => {
  const app = join(desk.dir, 'app');
  await mkdir(join(app, 'releases', '2'), { recursive: true });
  await mkdir(join(app, 'none'));
  await writeFile(join(app, 'releases', '2', 'index.html'), 'two');
  await writeFile(join(app, 'run'), '#!', { mode: 0o755 });
  await symlink('releases/2', join(app, 'current'));
  const old = new Date('2020-01-02T03:04:05Z');
  for (const folder of ['none', 'releases/2', 'releases', '']) await utimes(join(app, folder), old, old);
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  const reads = await watchReads(alice);
  await answerFolderDialog(alice, app);
  await alice.app.openFolderDialog();
  await bob.app.acceptOffer(alice.name);
  await bob.app.expectTransfer('receive', 'app', 'done');
  await alice.app.drop(app);
  await bob.app.acceptOffer(alice.name);
  await expect.poll(() => bob.app.transferPhases()).toEqual(['done', 'done']);
  await alice.app.openTransfers();
  await expect.poll(() => alice.app.transferPhases()).toEqual(['done', 'done']);
  for (const row of await alice.app.transfers.all()) {
    await row.getByText(en.transfers.details).click();
    await expect(row).toContainText(en.transfers.detail.leftOut.link_one.replace('{{count, number}}', '1'));
    await expect(row).toContainText('app/current');
  }
  for (const name of ['app', 'app (1)']) {
    const received = join(bob.downloadsDir, name);
    const paths = ['none/', 'releases/', 'releases/2/', 'releases/2/index.html', 'run'];
    expect([...(await digestsUnder(received)).keys()]).toEqual(paths);
    expect((await stat(join(received, 'run'))).mode & 0o100).toBe(0o100);
    for (const folder of ['none', 'releases/2', 'releases', ''])
      expect((await stat(join(received, folder))).mtime).toEqual(old);
  }
  expect(await reads()).toEqual([]);
});

test('the folder for downloads is chosen by the system’s dialog, and files go there', async ({
  desk,
  farDesk,
}) => {
  const file = await writeRandomFile(join(desk.dir, 'note.bin'), 5_000);
  const [alice, bob] = await launchPair(desk, farDesk);
  const elsewhere = join(farDesk.dir, 'Elsewhere');
  await mkdir(elsewhere);
  await answerFolderDialog(bob, elsewhere);
  await bob.page.getByRole('button', { name: en.app.settings, exact: true }).click();
  const settings = bob.page.getByRole('dialog', { name: en.settings.title });
  await settings.getByRole('button', { name: en.settings.chooseFolder }).click();
  await expect(settings).toContainText(elsewhere);
  await bob.page.keyboard.press('Escape');
  await connect(alice, bob);
  await alice.app.drop(file);
  await bob.app.acceptOffer(alice.name);
  await bob.app.expectTransfer('receive', 'note.bin', 'done');
  expect([...(await digestsUnder(elsewhere)).keys()]).toEqual(['note.bin']);
});

test('closing while files that were dropped beside the session are under way asks: staying keeps them going, agreeing closes', async ({
  desk,
  farDesk,
}) => {
  const file = await writeRandomFile(join(desk.dir, 'long.bin'), 200_000_000);
  const [alice, bob] = await launchPair(desk, farDesk);
  await connect(alice, bob);
  await dropPaths(alice.page.getByRole('banner'), [file]);
  await bob.app.acceptOffer(alice.name);
  await alice.app.expectTransfer('send', 'long.bin', 'active');
  const closeAnswering = (button: number) =>
    alice.evaluate(({ BrowserWindow, dialog }, response) => {
      const asked: string[] = [];
      dialog.showMessageBox = (...args: unknown[]) => {
        asked.push((args.at(-1) as { message: string }).message);
        return Promise.resolve({ response, checkboxChecked: false });
      };
      BrowserWindow.getAllWindows()[0]?.close();
      return asked;
    }, button);
  expect(await closeAnswering(0)).toEqual(['Files are still being transferred.']);
  await alice.app.expectTransfer('send', 'long.bin', 'active');
  expect(await closeAnswering(1)).toHaveLength(1);
  expect(await alice.exitCode).toBe(0);
  await bob.app.expectTransfer('receive', 'long.bin', 'waiting', 30_000);
});
