/*
 * `npm run bench:small-files [-- FILES [ROUNDS]]`: many files of 4 KiB between two backends on this machine over their
 * LAN lane: read, hashed, verified, written, named, with times and journal. The baseline is `tar | TLS | tar` of the same
 * folder, which checks and promises nothing. Both in turns, in the same run; the medians count.
 */
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, LanBackends, start } from './support/LanBackends';
import { median, rounded } from './support/statistics';

const DEFAULT_FILES = 10_000;
const DEFAULT_ROUNDS = 5;
const FILE_BYTES = 4096;
const FILES_PER_FOLDER = 1000;

/** Makes the folder; returns the path of each file in it. */
async function makeFiles(folder: string, count: number): Promise<string[]> {
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const dir = `folder ${Math.floor(index / FILES_PER_FOLDER)}`;
    if (index % FILES_PER_FOLDER === 0) await mkdir(join(folder, dir), { recursive: true });
    const path = join(dir, `file ${index}.bin`);
    await writeFile(join(folder, path), randomBytes(FILE_BYTES));
    paths.push(path);
  }
  return paths;
}

/** Throws unless every file is in `received` as it is in `folder`, and nothing else. */
async function expectSame(folder: string, received: string, paths: readonly string[]): Promise<void> {
  const there = await readdir(received, { recursive: true, withFileTypes: true });
  if (there.filter((entry) => entry.isFile()).length !== paths.length)
    throw new Error('files are missing, or there are others');
  for (const path of paths) {
    if (!(await readFile(join(folder, path))).equals(await readFile(join(received, path))))
      throw new Error(`${path} arrived damaged`);
  }
}

/** Copies the folder; ms from the connection to the end of the unpacking. */
async function baselineMs(script: string, folder: string, target: string): Promise<number> {
  await mkdir(target);
  const receiver = start(script, 'receive', target);
  const [port] = (await once(receiver, 'message')) as [number];
  const sender = start(script, 'send', folder, String(port));
  const [[ms]] = (await Promise.all([once(receiver, 'message'), once(sender, 'exit')])) as [
    [number | null],
    unknown,
  ];
  if (ms === null) throw new Error('tar failed');
  return ms;
}

async function measure(dir: string, files: number, rounds: number): Promise<void> {
  const folder = join(dir, 'files');
  const paths = await makeFiles(folder, files);
  const received = join(dir, 'received');
  await mkdir(received);
  const tarTls = await bundle('tarTls.ts', dir);
  const backends = await LanBackends.start(dir, received);
  const perSecond = { hither: [] as number[], baseline: [] as number[] };
  try {
    for (let round = 1; round <= rounds; round++) {
      // Nothing is removed before the end: a file system may be slow to use again what was removed a moment ago.
      const copied = join(dir, `copied ${round}`);
      const tarMs = await baselineMs(tarTls, folder, copied);
      await expectSame(folder, copied, paths);
      const name = `round ${round}`;
      const { ms, cpuSeconds } = await backends.sendFolder(folder, name);
      await expectSame(folder, join(received, name), paths);
      perSecond.baseline.push((files / tarMs) * 1000);
      perSecond.hither.push((files / ms) * 1000);
      const [tar, hither] = [perSecond.baseline.at(-1), perSecond.hither.at(-1)].map((one) =>
        Math.round(one ?? 0),
      );
      console.log(
        `round ${round}: tar over TLS ${tar} files/s, Hither ${hither} files/s ` +
          `(processor ${cpuSeconds.map(rounded).join(' + ')} s)`,
      );
    }
  } finally {
    await backends.stop();
  }
  const [hither, tar] = [median(perSecond.hither), median(perSecond.baseline)];
  console.log(
    JSON.stringify({
      bench: 'small-files',
      files_per_s: Math.round(hither),
      baseline_files_per_s: Math.round(tar),
      ratio: rounded(hither / tar),
    }),
  );
}

const files = Number(process.argv[2] ?? DEFAULT_FILES);
const rounds = Number(process.argv[3] ?? DEFAULT_ROUNDS);
if (!(files >= 1 && rounds >= 1)) throw new Error('usage: npm run bench:small-files [-- FILES [ROUNDS]]');
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
try {
  await measure(dir, files, rounds);
} finally {
  await rm(dir, { recursive: true, force: true });
}
