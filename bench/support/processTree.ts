import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks a second in `/proc`, on every Linux that matters. */
const TICKS = 100;

/** A process as `/proc` shows it. */
export interface ProcessSample {
  pid: number;
  /** `main` for Node, else Chromium's word for the kind of process: `browser`, `renderer`, `gpu-process`, `utility`. */
  kind: string;
  /** Memory of its own and its share of what it has in common with others, in MB (10^6 bytes). */
  memoryMb: number;
  cpuSeconds: number;
  /** How often its first thread has gone to sleep by itself, so how often it woke. */
  wakes: number;
}

/** Every descendant of a process that is Node running the app, or a part of Chromium. Linux only. */
export async function sampleTree(rootPid: number): Promise<ProcessSample[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)));
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === rootPid || isBelow(parent));
  };
  const samples = await Promise.all(pids.filter(isBelow).map((pid) => sample(pid).catch(() => null)));
  return samples.filter((one) => one !== null);
}

async function parentOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return fieldsOf(stat)[1];
}

/** The numbers behind the name, which may have spaces and brackets in it; the state comes first and is no number. */
function fieldsOf(stat: string): number[] {
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}

async function sample(pid: number): Promise<ProcessSample | null> {
  const [stat, status, rollup, commandLine] = await Promise.all(
    ['stat', 'status', 'smaps_rollup', 'cmdline'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
  );
  const kind = kindOf((commandLine ?? '').split(/[\0 ]/));
  if (kind === null) return null;
  const fields = fieldsOf(stat ?? '');
  const kibibytes = Number(/^Pss:\s+(\d+) kB/m.exec(rollup ?? '')?.[1] ?? 0);
  return {
    pid,
    kind,
    memoryMb: Math.round((kibibytes * 1024) / 1e5) / 10,
    cpuSeconds: ((fields[11] ?? 0) + (fields[12] ?? 0)) / TICKS,
    wakes: Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status ?? '')?.[1] ?? 0),
  };
}

/** Chromium's children write their words with spaces between them. */
function kindOf(words: readonly string[]): string | null {
  const type = words.find((word) => word.startsWith('--type='));
  if (type !== undefined) return type.slice('--type='.length);
  if (words.some((word) => word.startsWith('--user-data-dir='))) return 'browser';
  const isApp = words.some((word) => /headless\.js$|pathBackend/.test(word) || word === '--profile');
  return isApp ? 'main' : null;
}
