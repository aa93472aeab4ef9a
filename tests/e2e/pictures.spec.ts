/** Pictures that are sent by themselves: both people see them among what was said. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Locator } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { connect } from '../support/app/connect';
import type { Instance } from '../support/app/Instance';
import { expect, test } from '../support/app/localTest';
import { words } from '../support/app/words';

const nameOf = (name: string): string => words(en.transfers.openPicture, { name });

/** Whether the browser has drawn it. */
const isDrawn = (picture: Locator): Promise<boolean> =>
  picture.locator('img').evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 100);

test('a picture is drawn on both sides, larger when it is pressed, and what is none is not', async ({
  local,
}) => {
  const [alice, bob] = await Promise.all([local.add('Alice'), local.add('Bob')]);
  await connect(alice, bob);
  const png = await alice.page.screenshot();
  // A small file that says it is 60,000 × 60,000 pixels: 14 GB when it is drawn.
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  const files = { 'view 1.png': png, 'bomb.png': bomb, 'words.png': Buffer.from('these are words') };
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(local.dir, name), bytes);
    await alice.app.drop(join(local.dir, name));
    await bob.app.acceptOffer(alice.name);
    await bob.app.expectTransfer('receive', name, 'done');
  }
  for (const { app, page } of [alice, bob]) {
    await app.openDrawer('chat');
    const picture = page.getByRole('button', { name: nameOf('view 1.png') });
    await expect(picture).toBeVisible();
    await expect.poll(() => isDrawn(picture)).toBe(true);
    for (const name of ['bomb.png', 'words.png'])
      await expect(page.getByRole('button', { name: nameOf(name) })).toHaveCount(0);
  }
  await lookCloser(bob, 'view 1.png');
});

/** By keyboard, and back to where one was. */
async function lookCloser({ page }: Instance, name: string): Promise<void> {
  const picture = page.getByRole('button', { name: nameOf(name) });
  await picture.focus();
  await page.keyboard.press('Enter');
  const large = page.getByRole('dialog').getByRole('img', { name });
  await expect(large).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(large).toBeHidden();
  await expect(picture).toBeFocused();
}
