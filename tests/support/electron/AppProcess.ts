import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type * as Electron from 'electron';
import { stopProcess } from '../lab/stopProcess';

/** The project's folder: what Electron is started with. */
export const root = join(import.meta.dirname, '../../..');
const register = join(import.meta.dirname, '../electron-stand-in/register.mjs');

/** A function that runs in the main process, with its `electron` module. */
export type MainFunction<A, R> = (electron: typeof Electron, argument: A) => R | Promise<R>;

export interface ProcessOptions {
  /** The app: a folder with package.json, or an archive of one. The build of this repository if left out. */
  app?: string | undefined;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Turns the command into one that runs elsewhere, as in a network namespace. */
  wrap?: ((program: string, ...args: string[]) => [string, ...string[]]) | undefined;
}

/** The built main process under Node, with `electron` resolved to the stand-in. */
export class AppProcess {
  readonly #child: ChildProcess;
  readonly #answers = new Map<number, (answer: { value?: unknown; error?: string }) => void>();
  readonly #exit: Promise<number | null>;
  /** Every line on stderr. */
  readonly complaints: string[] = [];
  #lastId = 0;

  /** @param standIn path of the bundled stand-in; see `standInBundle` */
  constructor({ app = root, args, env, wrap }: ProcessOptions, standIn: string) {
    const command = [process.execPath, '--import', register, app, ...args] as const;
    const [program, ...rest] = wrap ? wrap(...command) : command;
    this.#child = spawn(program, rest, {
      cwd: root,
      env: { ...env, STAND_IN_BUNDLE: standIn },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    createInterface({ input: this.#child.stderr! }).on('line', (line) => this.complaints.push(line));
    this.#exit = once(this.#child, 'exit').then(([code]) => code as number | null);
    this.#child.on('message', (answer: { id: number; value?: unknown; error?: string }) => {
      this.#answers.get(answer.id)?.(answer);
      this.#answers.delete(answer.id);
    });
  }

  /** The exit code, once the process has ended. */
  get exitCode(): Promise<number | null> {
    return this.#exit;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  async evaluate<A, R>(task: MainFunction<A, R>, argument: A): Promise<R> {
    return (await this.#ask(String(task), argument)) as R;
  }

  /** The port of the browser behind the window. */
  async browserPort(): Promise<number> {
    return (await this.#ask(null, null)) as number;
  }

  /** Ends it as a log-out does. */
  async stop(): Promise<void> {
    await stopProcess(this.#child, 'SIGTERM');
  }

  async #ask(source: string | null, argument: unknown): Promise<unknown> {
    const id = ++this.#lastId;
    const answered = new Promise<{ value?: unknown; error?: string }>((resolve) => {
      this.#answers.set(id, resolve);
    });
    this.#child.send({ id, source, argument });
    const gone = this.#exit.then((code) => ({ error: `the app has ended with ${code ?? 'a signal'}` }));
    const { value, error } = await Promise.race([
      answered,
      gone.then((end): typeof end & { value?: unknown } => end),
    ]);
    if (error !== undefined) throw new Error(`${error}\n${this.complaints.join('\n')}`);
    return value;
  }
}
