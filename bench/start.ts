/*
 * `npm run bench:start [-- ROUNDS]`: from the start of the process to a page that can be used, headless and as the
 * desktop app; then memory and processor while nothing happens. The baseline is an empty Node server whose empty page
 * opens in the same Chromium, measured in the same rounds and, at rest, for as long.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findElectron } from '../scripts/electronRuntime.mjs';
import { Instance } from '../tests/support/app/Instance';
import { openBrowser } from '../tests/support/app/openBrowser';
import { Desk } from '../tests/support/electron/electronTest';
import { type ProcessSample, sampleTree } from './support/processTree';

const DEFAULT_ROUNDS = 10;
/** How long the app is watched at rest, and how long it is left alone before, in ms. */
const REST_MS = 30_000;
const SETTLE_MS = 15_000;

const EMPTY_SERVER = `
  const server = require('node:http').createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Empty</title><header>Empty</header>');
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;

interface Rest {
  cpuPercent: number;
  /** The same, by the kind of process. */
  cpuPercentOf: Record<string, number>;
  mainWakesPerSecond: number;
  memoryMb: Record<string, number>;
}

/** Milliseconds from the start of an empty server to its page in a browser that started after it. */
async function baselineMs(dir: string, whileOpen?: () => Promise<void>): Promise<number> {
  await mkdir(dir, { recursive: true });
  const startedMs = performance.now();
  const server = spawn(process.execPath, ['-e', EMPTY_SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(server.stdout, 'data')) as [Buffer];
  const browser = await openBrowser({ dir, locale: 'en-US' });
  const page = browser.pages()[0] ?? (await browser.newPage());
  await page.goto(`http://127.0.0.1:${String(port).trim()}/`);
  await page.getByRole('banner').waitFor();
  const ms = performance.now() - startedMs;
  await whileOpen?.();
  await browser.close();
  server.kill();
  return ms;
}

/** A first start; what follows while it is open begins once its greeting, with a caret that blinks, is answered. */
async function headlessMs(dir: string, whileOpen?: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  const instance = await Instance.start({ name: `Bench ${process.pid}`, dir, locale: 'en-US' });
  await instance.page.getByRole('banner').waitFor();
  const ms = performance.now() - startedMs;
  if (whileOpen !== undefined) {
    await instance.app.welcome();
    await whileOpen();
  }
  await instance.stop();
  return ms;
}

/** @param isVisible in use and alone on the network; otherwise a first start with its greeting */
async function desktopMs(isVisible: boolean, whileOpen?: () => Promise<void>): Promise<number> {
  const desk = await Desk.create('en-US');
  const startedMs = performance.now();
  await desk.launch('Bench', { isVisible: isVisible ? true : null });
  const ms = performance.now() - startedMs;
  await whileOpen?.();
  await desk.close();
  return ms;
}

/** What all our processes use while nothing happens. */
async function watchRest(): Promise<Rest> {
  await sleep(SETTLE_MS);
  const before = await sampleTree(process.pid);
  await sleep(REST_MS);
  const after = await sampleTree(process.pid);
  const grown = (key: 'cpuSeconds' | 'wakes', samples: readonly ProcessSample[]) =>
    samples.reduce((sum, one) => sum + one[key] - (before.find(({ pid }) => pid === one.pid)?.[key] ?? 0), 0);
  const perSecond = (key: 'cpuSeconds' | 'wakes', samples: readonly ProcessSample[]) =>
    grown(key, samples) / (REST_MS / 1000);
  const memoryMb: Record<string, number> = {};
  for (const { kind, memoryMb: mb } of after) memoryMb[kind] = rounded((memoryMb[kind] ?? 0) + mb);
  const ofKind = (wanted: string) => after.filter(({ kind }) => kind === wanted);
  const cpuPercentOf = Object.fromEntries(
    Object.keys(memoryMb).map((kind) => [kind, rounded(perSecond('cpuSeconds', ofKind(kind)) * 100)]),
  );
  return {
    cpuPercent: rounded(perSecond('cpuSeconds', after) * 100),
    cpuPercentOf,
    mainWakesPerSecond: rounded(perSecond('wakes', ofKind('main'))),
    memoryMb,
  };
}

function p50(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

const rounds = Number(process.argv[2] ?? DEFAULT_ROUNDS);
if (!(rounds >= 1)) throw new Error('usage: npm run bench:start [-- ROUNDS]');
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
try {
  const times = { baseline: [] as number[], headless: [] as number[], desktop: [] as number[] };
  for (let round = 1; round <= rounds; round++) {
    times.baseline.push(await baselineMs(join(dir, `baseline ${round}`)));
    times.headless.push(await headlessMs(join(dir, `headless ${round}`)));
    times.desktop.push(await desktopMs(false));
    const last = Object.entries(times).map(([name, all]) => `${name} ${Math.round(all.at(-1) ?? 0)} ms`);
    console.log(`round ${round}: ${last.join(', ')}`);
  }
  const rest: Partial<Record<'baseline' | 'headless' | 'desktop', Rest>> = {};
  await baselineMs(join(dir, 'baseline at rest'), async () => void (rest.baseline = await watchRest()));
  await headlessMs(join(dir, 'rest'), async () => void (rest.headless = await watchRest()));
  await desktopMs(true, async () => void (rest.desktop = await watchRest()));
  const baseline = p50(times.baseline);
  const idleRatio = (one: Rest | undefined) =>
    rounded((one?.cpuPercent ?? Number.NaN) / (rest.baseline?.cpuPercent ?? Number.NaN));
  console.log(
    JSON.stringify({
      bench: 'start',
      p50_ms: Math.round(p50(times.headless)),
      baseline_p50_ms: Math.round(baseline),
      ratio: rounded(p50(times.headless) / baseline),
      idle_cpu_percent: rest.headless?.cpuPercent,
      idle_baseline_cpu_percent: rest.baseline?.cpuPercent,
      idle_ratio: idleRatio(rest.headless),
      idle_cpu_percent_of: rest.headless?.cpuPercentOf,
      idle_baseline_cpu_percent_of: rest.baseline?.cpuPercentOf,
      idle_main_wakes_per_s: rest.headless?.mainWakesPerSecond,
      memory_mb: rest.headless?.memoryMb,
      desktop: {
        runtime: findElectron() === null ? 'stand-in' : 'electron',
        p50_ms: Math.round(p50(times.desktop)),
        ratio: rounded(p50(times.desktop) / baseline),
        idle_cpu_percent: rest.desktop?.cpuPercent,
        idle_ratio: idleRatio(rest.desktop),
        idle_cpu_percent_of: rest.desktop?.cpuPercentOf,
        idle_main_wakes_per_s: rest.desktop?.mainWakesPerSecond,
        memory_mb: rest.desktop?.memoryMb,
      },
    }),
  );
} finally {
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
}
