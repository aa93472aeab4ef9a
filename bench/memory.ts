/*
 * `npm run bench:memory [-- GIGABYTES [path|page]]`: what a large sparse file does to the memory of every process it passes. Once as a
 * page's `File`, between two real backends with real pages; once from a path, between two backends (bench/lan.ts's).
 * Growth counts from the moment when 200 MB have arrived. Both go over the LAN lane, and each needs the file's size on disk.
 * The third argument picks one of the two.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, mkdir, mkdtemp, open, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer } from '../tests/support/app/connect';
import { HeadlessBackend } from '../tests/support/app/HeadlessBackend';
import { HitherPage } from '../tests/support/app/HitherPage';
import { TransferParts } from '../tests/support/app/TransferParts';
import { DetachableBrowser } from './support/DetachableBrowser';
import type { FromBackend, ToBackend } from './support/lanBackendMessages';
import { MemoryGrowth } from './support/MemoryGrowth';

const DEFAULT_GIGABYTES = 20;
const SETTLED_BYTES = 200e6;
/** Longest a transfer may take for each GB, in ms: 20 MB/s. */
const MS_PER_GB = 50_000;
const MARK_EVERY_BYTES = 2 ** 30;
const NAME = 'sparse.bin';

/** Somebody wants it to end: processes are stopped and files removed first. */
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isStopped = true));

interface Measured {
  mb_s: number;
  memory: ReturnType<MemoryGrowth['end']>;
}

/** A file of holes, with its offset written down at every GiB and at the end. */
async function writeSparse(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  await file.truncate(bytes);
  for (const at of marks(bytes)) await file.write(markOf(at), 0, 8, at);
  await file.close();
}

/** @throws Error where a received file is not that one */
async function checkSparse(path: string, bytes: number): Promise<void> {
  if ((await stat(path)).size !== bytes) throw new Error('the file has another length');
  const file: FileHandle = await open(path, 'r');
  for (const at of marks(bytes)) {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, at);
    if (!buffer.equals(markOf(at))) throw new Error('the file arrived damaged');
  }
  await file.close();
}

function marks(bytes: number): number[] {
  return [
    ...Array.from({ length: Math.ceil(bytes / MARK_EVERY_BYTES) }, (_, gib) => gib * MARK_EVERY_BYTES),
    bytes - 8,
  ];
}

function markOf(at: number): Buffer {
  const mark = Buffer.alloc(8);
  mark.writeBigUInt64BE(BigInt(at) + 1n);
  return mark;
}

/** Watches memory from 200 MB on until the file has its name. */
async function untilReceived(dir: string, bytes: number, growth: MemoryGrowth): Promise<Measured> {
  const startedMs = performance.now();
  const sizeOf = (name: string) =>
    stat(join(dir, name)).then(
      ({ size }) => size,
      () => 0,
    );
  while ((await sizeOf(`${NAME}.part`)) < SETTLED_BYTES) await patience(startedMs, bytes);
  await growth.begin();
  while ((await sizeOf(NAME)) < bytes) await patience(startedMs, bytes);
  const ms = performance.now() - startedMs;
  const memory = growth.end();
  await checkSparse(join(dir, NAME), bytes);
  await rm(join(dir, NAME));
  return { mb_s: Math.round(bytes / 1e3 / ms), memory };
}

async function patience(startedMs: number, bytes: number): Promise<void> {
  if (isStopped) throw new Error('stopped');
  if (performance.now() - startedMs > (bytes / 1e9) * MS_PER_GB + 30_000)
    throw new Error('the file did not arrive in time');
  await sleep(100);
}

/** Two real backends, each with a page in a browser that nobody watches while bytes move. */
async function pageFile(dir: string, file: string, bytes: number): Promise<Measured> {
  const stops: (() => Promise<unknown>)[] = [];
  const start = async (role: string) => {
    const name = `Bench ${role} ${process.pid}`;
    const downloadsDir = join(dir, `${role} downloads`);
    const backend = await HeadlessBackend.start({ name, profileDir: join(dir, role), downloadsDir });
    stops.push(() => backend.stop());
    const browser = await DetachableBrowser.start(join(dir, `${role} browser`));
    stops.push(() => browser.stop());
    await browser.watched(async (page) => {
      await page.goto(backend.url);
      await new HitherPage(page).welcome();
    });
    return { name, downloadsDir, backend, browser };
  };
  try {
    const [from, to] = [await start('sender'), await start('receiver')];
    await from.browser.watched((sending) =>
      to.browser.watched(async (receiving) => {
        const apps = [new HitherPage(sending), new HitherPage(receiving)] as const;
        await apps[0].connectTo(to.name);
        await answer({ name: from.name, app: apps[0] }, { name: to.name, app: apps[1] });
        await apps[0].drop(file);
        await apps[1].acceptOffer(from.name);
        await new TransferParts(receiving, 'receive', NAME).expectLane('lan', 20_000);
      }),
    );
    const growth = new MemoryGrowth([
      { name: 'sending backend', pid: from.backend.pid, part: 'process' },
      { name: 'receiving backend', pid: to.backend.pid, part: 'process' },
      { name: 'sending page', pid: from.browser.pid, part: 'renderers' },
      { name: 'receiving page', pid: to.browser.pid, part: 'renderers' },
    ]);
    return await untilReceived(to.downloadsDir, bytes, growth);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** Two backends alone, as in bench/lan.ts: the page's part is played by this process. */
async function path(dir: string, file: string, bytes: number): Promise<Measured> {
  const received = join(dir, 'received');
  await mkdir(received);
  const script = join(import.meta.dirname, 'support', 'lanBackend.ts');
  const backends = [0, 1].map(() => fork(script, [received], { execArgv: ['--import', 'tsx'] }));
  // One that has stopped may have left words for the other, which has, too.
  const say = (index: number, message: ToBackend): void => {
    if (backends[index]?.connected) backends[index].send(message);
  };
  await Promise.all(backends.map((backend) => once(backend, 'message')));
  for (const [index, backend] of backends.entries()) {
    backend.on('message', (message: FromBackend) => {
      if (message.kind === 'message') say(1 - index, message);
      if (message.kind === 'failed') throw new Error(`the transfer failed: ${message.code}`);
    });
    say(index, { kind: 'open' });
  }
  // Until the lane is up.
  await sleep(5_000);
  const growth = new MemoryGrowth(
    backends.map(({ pid = 0 }, index) => ({
      name: index === 0 ? 'sending backend' : 'receiving backend',
      pid,
      part: 'process',
    })),
  );
  say(0, { kind: 'offer', path: file, name: NAME });
  try {
    return await untilReceived(received, bytes, growth);
  } finally {
    for (const index of [0, 1]) say(index, { kind: 'stop' });
    await Promise.all(backends.map(async (backend) => backend.exitCode ?? once(backend, 'exit')));
  }
}

const gigabytes = Number(process.argv[2] ?? DEFAULT_GIGABYTES);
const only = process.argv[3];
if (!(gigabytes >= 1) || !['path', 'page', undefined].includes(only))
  throw new Error('usage: npm run bench:memory [-- GIGABYTES [path|page]]');
const bytes = gigabytes * 1e9;
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
try {
  const { bavail, bsize } = await statfs(dir);
  if (bavail * bsize < bytes + 1e9) throw new Error(`needs ${gigabytes + 1} GB of room in ${tmpdir()}`);
  const file = join(dir, NAME);
  await writeSparse(file, bytes);
  const measured: { path?: Measured; page_file?: Measured } = {};
  if (only !== 'page') measured.path = await path(dir, file, bytes);
  if (only !== 'path') measured.page_file = await pageFile(dir, file, bytes);
  console.log(JSON.stringify({ bench: 'memory', gigabytes, ...measured }));
} finally {
  await rm(dir, { recursive: true, force: true });
}
