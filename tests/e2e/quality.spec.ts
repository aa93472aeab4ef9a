/** How a screen is sent and how that goes: a real capture of an X display, and the browsers' own statistics. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { expect, test } from '../support/app/localTest';
import {
  keepSenders,
  sentRate,
  sentScreen,
  shownSize,
  startMoving,
  stopMoving,
} from '../support/app/sentScreen';
import { Display } from '../support/lab/Display';

const words = en.quality;

test('a screen is sent as its person wants it, changed live, and both sides see how it does', async ({
  local,
}) => {
  const display = await Display.start({ wrap: (program, ...args) => [program, ...args] });
  try {
    const { alice, bob } = await local.addSession({
      alice: { displayName: display.name, tamper: keepSenders },
    });
    const { page, app } = alice;
    await startMoving(page);
    await app.shareScreen();
    const sent = () => sentScreen(page);
    const seen = () => shownSize(bob.app.remoteVideo);
    await expect.poll(sent, { timeout: 20_000 }).toMatchObject({
      ...{ hint: 'text', gives: 'maintain-resolution', maxFramerate: 30, maxBitrate: 12e6 },
      ...{ codec: 'video/AV1', size: '1600x900' },
    });
    await expect.poll(seen).toBe('1600x900');

    await app.openQuality();
    const dialog = page.getByRole('dialog', { name: words.title });
    await dialog.getByText(words.preset.motion, { exact: true }).click();
    await expect.poll(sent).toMatchObject({
      ...{ hint: 'motion', gives: 'maintain-framerate', codec: 'video/H264' },
    });
    await dialog.getByText(words.preset.text, { exact: true }).click();
    await expect.poll(sent).toMatchObject({ hint: 'text', gives: 'maintain-resolution' });

    const choose = async (label: string, option: string | RegExp) => {
      await dialog.getByRole('combobox', { name: label }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    await choose(words.lines.label, /720/);
    await expect.poll(seen).toBe('1280x720');
    await choose(words.lines.label, words.lines.full);
    await expect.poll(seen).toBe('1600x900');
    await choose(words.cap.label, /^2 /);
    await expect.poll(sent).toMatchObject({ maxBitrate: 2e6 });
    await choose(words.codec.label, 'H264');
    await expect.poll(sent, { timeout: 20_000 }).toMatchObject({ codec: 'video/H264' });
    await expect(dialog).toContainText('In use: H264, by software');

    expect(await sentRate(page)).toBeGreaterThan(12);
    await dialog.getByRole('slider').press('Home');
    await expect.poll(sent).toMatchObject({ maxFramerate: 5 });
    await expect.poll(() => sentRate(page)).toBeLessThanOrEqual(6);
    const stored = JSON.parse(await readFile(join(alice.profileDir, 'settings.json'), 'utf8')) as object;
    expect(stored).toMatchObject({
      screenQuality: { preset: 'text', codec: 'H264', frameRate: 5, lines: null, maxMbits: 2 },
    });
    await dialog.getByRole('button', { name: words.reset }).click();
    await expect.poll(sent, { timeout: 20_000 }).toMatchObject({ maxFramerate: 30, codec: 'video/AV1' });
    await page.keyboard.press('Escape');

    // What stands still is sent rarely, and what moves again at once.
    await stopMoving(page);
    await expect.poll(() => sentRate(page), { timeout: 20_000 }).toBeLessThanOrEqual(2);
    await startMoving(page);
    await expect.poll(() => sentRate(page)).toBeGreaterThan(12);

    await page.keyboard.press('ControlOrMeta+i');
    await expect(page.getByTestId('stats-outgoing')).toContainText('1600 × 900');
    await expect(page.getByTestId('stats-outgoing')).toContainText('AV1 · libaom, software');
    await bob.page.getByRole('button', { name: `${alice.name}’s screen` }).click();
    await bob.page.getByRole('button', { name: en.stats.open, exact: true }).click();
    const stats = bob.page.getByRole('dialog', { name: en.stats.title });
    await expect(stats.getByTestId('stats-incoming')).toContainText('1600 × 900');
    await expect(stats.getByTestId('stats-verdict')).not.toContainText(en.stats.verdict.unknown);
    const [download] = await Promise.all([
      bob.page.waitForEvent('download'),
      stats.getByRole('button', { name: en.stats.export }).click(),
    ]);
    const saved = await readFile(await download.path(), 'utf8');
    expect(JSON.parse(saved)).toMatchObject({ format: 'hither-statistics', version: 1 });
    expect(saved).toContain('"codec": "AV1"');
    for (const secret of [alice.name, bob.name, '127.0.0.1', '192.168', '.local'])
      expect(saved).not.toContain(secret);
  } finally {
    await display.stop();
  }
});
