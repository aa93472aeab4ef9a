import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { afterwards } from './opened';

const ENTRY = join(import.meta.dirname, 'headlessProcess.ts');

/** The real headless backend in a process of its own, with a fresh profile that is on the network. */
export class BackendProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start(name: string): Promise<BackendProcess> {
    const profileDir = await mkdtemp(join(tmpdir(), 'hither-process-'));
    await writeFile(join(profileDir, 'settings.json'), JSON.stringify({ nearby: true }));
    const flags = ['--headless', '--no-open', '--port', '0', '--profile', profileDir, '--name', name];
    flags.push('--downloads', join(profileDir, 'downloads'), profileDir);
    await writeFile(join(profileDir, 'index.html'), '<!doctype html>');
    const child = spawn(process.execPath, ['--import', 'tsx', ENTRY, ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
    });
    afterwards(async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(profileDir, { recursive: true, force: true });
    });
    const url = await vi.waitUntil(() => /Hither is ready: (\S+)/.exec(text)?.[1], 20_000);
    return new BackendProcess(child, url);
  }

  /** Resident memory in MB. */
  async residentMb(): Promise<number> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  /** Processor time used so far, in seconds. */
  async processorSeconds(): Promise<number> {
    const stat = await readFile(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }
}
