/*
 * `npm run bench:relay [-- SECONDS]`: 5,000 idle members and 1,000 frames of 1 KiB a second between others: how long a frame
 * takes through the relay, what a member costs in memory and the frames in processor. In memory, and with two processes on
 * a real Redis, where the two members of a mailbox are on different ones. The baseline is a bare `ws` server that echoes, with
 * as many sockets. All are up at a time, and the frames go through each for a second in turns; the medians of these
 * seconds count, as other work on the machine would else be most of a 99th percentile.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProcess } from '../tests/support/bundleProcess';
import { RelayProcess } from '../tests/support/relay/RelayProcess';
import { redisProgram, RedisServer } from '../tests/support/relay/RedisServer';
import { RelayLoad } from './support/RelayLoad';
import { median, rounded } from './support/statistics';

const IDLE = 5_000;
const PAIRS = 50;
const FRAMES_PER_SECOND = 1_000;
/** Seconds for each, and those before them in which code is compiled. */
const DEFAULT_SECONDS = 20;
const WARM_SECONDS = 3;
const PAUSE_MS = 1_000;
/** Clock ticks a second in `/proc`. */
const TICKS = 100;
const RELAY = join(import.meta.dirname, '../out/relay/index.js');
/** The limits stay as they are: the clients have addresses of their own. */
const FLAGS = ['--trust-proxy', '1'];

/** One server, or several that are one, with members in it. */
interface Subject {
  name: string;
  processes: readonly RelayProcess[];
  load: RelayLoad;
  /** Of all its processes, without what they need with nobody in them. */
  kbPerMember: number;
  /** Of each second. */
  p50s: number[];
  p99s: number[];
  cpus: number[];
}

async function usage(processes: readonly RelayProcess[]): Promise<{ bytes: number; cpuSeconds: number }> {
  let [bytes, cpuSeconds] = [0, 0];
  for (const { pid } of processes) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    bytes += Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) * 1024;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    cpuSeconds += (Number(fields[11]) + Number(fields[12])) / TICKS;
  }
  return { bytes, cpuSeconds };
}

/** Fills a server with idle members and those who will send. */
async function fill(name: string, processes: readonly RelayProcess[]): Promise<Subject> {
  const load = new RelayLoad();
  const isRelay = name !== 'bare';
  const urls = processes.map(({ url }) => url);
  await pause();
  const empty = await usage(processes);
  await load.openIdle(urls, isRelay, IDLE);
  await pause();
  const full = await usage(processes);
  for (let n = 0; n < PAIRS; n++) await (isRelay ? load.openPair(urls) : load.openEcho(urls[0]!));
  const kbPerMember = (full.bytes - empty.bytes) / 1000 / IDLE;
  return { name, processes, load, kbPerMember, p50s: [], p99s: [], cpus: [] };
}

async function second({ cpus, load, p50s, p99s, processes }: Subject): Promise<void> {
  const before = await usage(processes);
  const times = await load.run(FRAMES_PER_SECOND, 1);
  const after = await usage(processes);
  p50s.push(times[Math.floor(times.length * 0.5)]!);
  p99s.push(times[Math.floor(times.length * 0.99)]!);
  cpus.push((after.cpuSeconds - before.cpuSeconds) * 100);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
}

async function measure(subjects: readonly Subject[], seconds: number): Promise<void> {
  for (let n = -WARM_SECONDS; n < seconds; n++) {
    if (n === 0)
      for (const { cpus, p50s, p99s } of subjects) for (const list of [cpus, p50s, p99s]) list.length = 0;
    for (const subject of subjects) await second(subject);
  }
  const barePercentile = median(subjects[0]!.p99s);
  const figures = subjects.flatMap(({ cpus, kbPerMember, name, p50s, p99s }) => [
    [`${name}_p50_ms`, rounded(median(p50s))],
    [`${name}_p99_ms`, rounded(median(p99s))],
    [`${name}_p99_ratio`, rounded(median(p99s) / barePercentile)],
    [`${name}_kb_per_member`, rounded(kbPerMember)],
    [`${name}_cpu_percent`, rounded(cpus.reduce((sum, cpu) => sum + cpu, 0) / cpus.length)],
  ]);
  console.log(JSON.stringify({ bench: 'relay', ...Object.fromEntries(figures) }));
}

const seconds = Number(process.argv[2] ?? DEFAULT_SECONDS);
if (!(seconds >= 1)) throw new Error('usage: npm run bench:relay [-- SECONDS]');
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
const redis = redisProgram === null ? null : await RedisServer.start();
const subjects: Subject[] = [];
const processes: RelayProcess[] = [];
const start = async (script: string, flags: readonly string[]): Promise<RelayProcess> => {
  const started = await RelayProcess.start(script, flags);
  processes.push(started);
  return started;
};
try {
  const echo = await bundleProcess(join(import.meta.dirname, 'support/bareEcho.ts'), dir);
  subjects.push(await fill('bare', [await start(echo, [])]));
  subjects.push(await fill('memory', [await start(RELAY, FLAGS)]));
  if (redis !== null) {
    const flags = [...FLAGS, '--redis-url', redis.url];
    subjects.push(await fill('redis', [await start(RELAY, flags), await start(RELAY, flags)]));
  } else console.log('No redis-server here: only the relay in memory is measured.');
  await measure(subjects, seconds);
} finally {
  for (const { load } of subjects) await load.close();
  for (const process of processes) await process.end('SIGKILL');
  await redis?.close();
  await rm(dir, { recursive: true, force: true });
}
