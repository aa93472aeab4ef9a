import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { dropPaths } from '../support/app/dropPaths';
import { expect, test } from '../support/app/localTest';
import { digestsUnder } from '../support/app/testFiles';

/** A folder as of a site that is released by a link: what a browser meets through the link first, it may take for known. */
async function writeReleases(dir: string): Promise<string> {
  for (const release of ['1', '2']) {
    await mkdir(join(dir, 'releases', release), { recursive: true });
    await writeFile(join(dir, 'releases', release, 'index.html'), release);
  }
  await symlink('releases/2', join(dir, 'current'));
  await mkdir(join(dir, 'none'));
  return dir;
}

const ALL = [
  'none/',
  'releases/',
  'releases/1/',
  'releases/1/index.html',
  'releases/2/',
  'releases/2/index.html',
];

/** Neither has a browser that is not Chromium. */
const withoutFolderDialog = (): void => {
  delete window.showDirectoryPicker;
};

test('a folder that is picked or dropped arrives with all its files and empty folders', async ({ local }) => {
  const app = await writeReleases(join(local.dir, 'app'));
  const { alice, bob } = await local.addSession();
  await alice.app.expectFolderHint('handle');
  await alice.app.sendFolder(app);
  await bob.app.acceptOffer(alice.name);
  await bob.app.expectTransfer('receive', 'app', 'done');
  expect([...(await digestsUnder(join(bob.downloadsDir, 'app'))).keys()].sort()).toEqual(ALL);
  await dropPaths(alice.page.getByRole('banner'), [app]);
  await bob.app.acceptOffer(alice.name);
  await expect(bob.app.transfers.filter({ hasText: 'app' })).toHaveCount(2);
  await expect.poll(() => bob.app.transferPhases()).toEqual(['done', 'done']);
  expect([...(await digestsUnder(join(bob.downloadsDir, 'app (1)'))).keys()].sort()).toEqual(ALL);
});

test(
  'a browser without a dialog for folders sends their files, and says what goes missing',
  { tag: '@long' },
  async ({ local }) => {
    const app = await writeReleases(join(local.dir, 'app'));
    const { alice, bob } = await local.addSession({ alice: { tamper: withoutFolderDialog } });
    await alice.app.expectFolderHint('input');
    await alice.app.sendFolderAsFiles(app);
    await bob.app.acceptOffer(alice.name);
    await bob.app.expectTransfer('receive', 'app', 'done');
    const received = [...(await digestsUnder(join(bob.downloadsDir, 'app'))).keys()];
    expect(received).toContain('releases/1/index.html');
    expect(received).not.toContain('none/');
  },
);

test('a dialog that is cancelled is silent, and one that the browser refuses is told of', async ({
  local,
}) => {
  const { alice } = await local.addSession();
  const answer = (name: string) =>
    alice.page.evaluate((error) => {
      window.showDirectoryPicker = () => Promise.reject(new DOMException('', error));
    }, name);
  await answer('AbortError');
  await alice.app.openFolderDialog();
  await answer('SecurityError');
  await alice.app.openFolderDialog();
  const alerts = alice.page.getByRole('alert');
  await expect(alerts.filter({ hasText: en.errors['folder-not-opened'].title })).toBeVisible();
  await expect(alerts).toHaveCount(1);
});
