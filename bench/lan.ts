/*
 * `npm run bench:lan [-- GIGABYTES [ROUNDS]]`: a file from disk to disk between two backends on this machine, each a
 * process of its own, over their LAN lane: read, hashed, encrypted, decrypted, verified, written and named. The baseline
 * is a plain TLS copy of the same file without any check. Both in turns, in the same run; the medians count.
 */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '../tests/support/app/testFiles';
import { bundle, LanBackends, type Measured, start } from './support/LanBackends';
import { median, rounded } from './support/statistics';
import type { PlainTlsReport } from './support/lanBackendMessages';
import { writeBenchFile } from './support/writeBenchFile';

const DEFAULT_GIGABYTES = 4;
const DEFAULT_ROUNDS = 5;
const SAMPLE_MS = 100;

/** Copies the file, from the connection to the last byte written. */
async function baseline(plainTls: string, file: string, target: string): Promise<Measured> {
  const receiver = start(plainTls, 'receive', target);
  const [port] = (await once(receiver, 'message')) as [number];
  const sender = start(plainTls, 'send', file, String(port));
  const said = await Promise.all([once(sender, 'message'), once(receiver, 'message')]);
  const [sent, received] = said.map(([message]) => message as PlainTlsReport);
  return { ms: received?.ms ?? Number.NaN, cpuSeconds: [sent?.cpuSeconds ?? 0, received?.cpuSeconds ?? 0] };
}

async function measure(dir: string, bytes: number, rounds: number): Promise<void> {
  const file = await writeBenchFile(join(dir, 'file.bin'), bytes);
  const wanted = await digestOf(file);
  const received = join(dir, 'received');
  await mkdir(received);
  const plainTls = await bundle('plainTls.ts', dir);
  const speeds = { hither: [] as number[], baseline: [] as number[] };
  let growthMb = 0;
  const backends = await LanBackends.start(dir, received);
  const atRestMb = backends.memoryMb();
  const sampling = setInterval(() => {
    for (const [index, mb] of backends.memoryMb().entries())
      growthMb = Math.max(growthMb, mb - (atRestMb[index] ?? 0));
  }, SAMPLE_MS);
  try {
    for (let round = 1; round <= rounds; round++) {
      const copied = join(dir, 'copied.bin');
      const plain = await baseline(plainTls, file, copied);
      if ((await stat(copied)).size !== bytes) throw new Error('the baseline lost bytes');
      await rm(copied);
      const name = `file ${String(round)}.bin`;
      const hither = await backends.sendFile(file, name, join(received, name));
      if ((await digestOf(join(received, name))) !== wanted) throw new Error('the file arrived damaged');
      await rm(join(received, name));
      speeds.baseline.push(bytes / 1e3 / plain.ms);
      speeds.hither.push(bytes / 1e3 / hither.ms);
      const words = Object.entries({ 'plain TLS': plain, Hither: hither }).map(
        ([who, { ms, cpuSeconds }]) => {
          const cpu = cpuSeconds.map((seconds) => rounded(seconds / (bytes / 1e9)));
          return `${who} ${String(rounded(bytes / 1e3 / ms))} MB/s (processor ${cpu.join(' + ')} s/GB)`;
        },
      );
      console.log(`round ${String(round)}: ${words.join(', ')}`);
    }
  } finally {
    clearInterval(sampling);
    await backends.stop();
  }
  const [hither, plain] = [median(speeds.hither), median(speeds.baseline)];
  console.log(
    JSON.stringify({
      bench: 'lan',
      hither_mb_s: rounded(hither),
      baseline_mb_s: rounded(plain),
      ratio: rounded(hither / plain),
      rss_growth_mb: rounded(growthMb),
    }),
  );
}

const gigabytes = Number(process.argv[2] ?? DEFAULT_GIGABYTES);
const rounds = Number(process.argv[3] ?? DEFAULT_ROUNDS);
if (!(gigabytes > 0 && rounds >= 1)) throw new Error('usage: npm run bench:lan [-- GIGABYTES [ROUNDS]]');
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
try {
  await measure(dir, gigabytes * 1e9, rounds);
} finally {
  await rm(dir, { recursive: true, force: true });
}
