/*
 * `npm run bench:still [-- SECONDS]`: what a shared screen costs on which nothing changes: processor of the sharer's and the viewer's pages,
 * and of all their browsers' processes, in percent of one core; through Hither and through a bare share in the same browsers.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { ScreenQuality } from '../src/shared/settings/screenQuality';
import { SharedScreen } from './support/SharedScreen';
import { rounded } from './support/statistics';

/** Until a share has found its speed and stands still, in ms. */
const SETTLE_MS = 12_000;

const seconds = Number(process.argv[2] ?? 60);
if (!(seconds >= 1)) throw new Error('usage: npm run bench:still [-- SECONDS]');

const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
const shared = await SharedScreen.start({ dir, size: { width: 1920, height: 1080 } });
const figures: Record<string, unknown> = {};
try {
  for (const who of ['bare', 'hither'] as const) {
    const { sharer, viewer } = shared.pages(who);
    await shared.share(who, ScreenQuality.parse({}));
    await sleep(SETTLE_MS);
    const [before, fromMs] = [await times(sharer, viewer), performance.now()];
    await sleep(seconds * 1000);
    const [after, toMs] = [await times(sharer, viewer), performance.now()];
    const percent = (part: keyof typeof after) =>
      rounded((100_000 * (after[part] - before[part])) / (toMs - fromMs));
    figures[who] = {
      sharer_page: percent('sharerPage'),
      viewer_page: percent('viewerPage'),
      sharer_browser: percent('sharerAll'),
      viewer_browser: percent('viewerAll'),
    };
    console.log(who, figures[who]);
    await shared.stopSharing(who);
  }
} finally {
  await shared.stop();
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
}
console.log(JSON.stringify({ bench: 'still', seconds, ...figures }));

/** Seconds of processor so far: of all pages' processes, and of all processes. */
async function times(sharer: Page, viewer: Page) {
  const [a, b] = [await timesOf(sharer), await timesOf(viewer)];
  return { sharerPage: a.pages, sharerAll: a.all, viewerPage: b.pages, viewerAll: b.all };
}

async function timesOf(page: Page): Promise<{ pages: number; all: number }> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const devTools = await browser.newBrowserCDPSession();
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo');
  await devTools.detach();
  const sum = (all: typeof processInfo) => all.reduce((total, { cpuTime }) => total + cpuTime, 0);
  return { pages: sum(processInfo.filter(({ type }) => type === 'renderer')), all: sum(processInfo) };
}
