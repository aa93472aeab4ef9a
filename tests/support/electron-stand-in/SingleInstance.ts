import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a second launch hands to the first. */
export interface SecondLaunch {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

/** The lock of one profile between processes, with a mailbox for the launches that come too late. */
export class SingleInstance {
  readonly #lockFile: string;
  readonly #mailbox: string;
  #stop: () => void = () => undefined;

  /** @param userDataDir an existing folder; it is what the lock is about */
  constructor(userDataDir: string) {
    this.#lockFile = join(userDataDir, 'stand-in.lock');
    this.#mailbox = join(userDataDir, 'stand-in-launches');
  }

  /** Takes the lock, or tells its holder of this launch and says no. */
  take(additionalData: unknown, onSecond: (launch: SecondLaunch) => void): boolean {
    if (!this.#write()) {
      const launch: SecondLaunch = { argv: process.argv, workingDirectory: process.cwd(), additionalData };
      writeFileSync(join(this.#mailbox, `${process.pid}.json`), JSON.stringify(launch));
      return false;
    }
    mkdirSync(this.#mailbox, { recursive: true });
    const watcher = watch(this.#mailbox, () => this.#readMail(onSecond));
    watcher.unref();
    this.#stop = () => watcher.close();
    return true;
  }

  /** Gives the lock back. */
  release(): void {
    this.#stop();
    rmSync(this.#lockFile, { force: true });
  }

  #write(): boolean {
    try {
      writeFileSync(this.#lockFile, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      if (isAlive(Number(readFileSync(this.#lockFile, 'utf8')))) return false;
      rmSync(this.#lockFile);
      return this.#write();
    }
  }

  #readMail(onSecond: (launch: SecondLaunch) => void): void {
    for (const name of readdirSync(this.#mailbox)) {
      const text = readFileSync(join(this.#mailbox, name), 'utf8');
      // A letter that is still being written is read at the next change.
      if (!text.endsWith('}')) continue;
      rmSync(join(this.#mailbox, name));
      onSecond(JSON.parse(text) as SecondLaunch);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
