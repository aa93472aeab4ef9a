import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { storedZip } from './storedZip';
import { outputs } from '../../../scripts/build.mjs';

const ROOT = join(import.meta.dirname, '../../..');
const PROGRAM = process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';

/** A made-up distribution of Electron of 12 MB, whose program says with what it was started. */
export function madeUpElectron(): Buffer {
  return storedZip({
    [PROGRAM]: Buffer.from('#!/bin/sh\necho "desktop app: $*"\n'),
    payload: randomBytes(12e6),
  });
}

/**
 * The scripts of `npm start` in a folder of their own: with Electron's npm package, which has no runtime yet, and a
 * build that only says that it runs.
 */
export class StartProject {
  readonly #running: ChildProcess[] = [];

  private constructor(readonly dir: string) {}

  static async create(): Promise<StartProject> {
    const project = new StartProject(await mkdtemp(join(tmpdir(), 'hither-start-')));
    await project.#fill();
    return project;
  }

  /** Lets the npm package expect this file as its runtime. */
  async expect(file: Buffer): Promise<void> {
    const { version } = JSON.parse(
      await readFile(join(ROOT, 'node_modules/electron/package.json'), 'utf8'),
    ) as { version: string };
    const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
    const sha256 = createHash('sha256').update(file).digest('hex');
    await this.#write('node_modules/electron/checksums.json', JSON.stringify({ [name]: sha256 }));
  }

  /** `npm start`, as far as it is ours, with nothing of our own environment. */
  start(mirror: string, env: Record<string, string> = {}): { process: ChildProcess; said: () => string } {
    const child = spawn(process.execPath, ['scripts/start.mjs', '--name', 'Anna'], {
      cwd: this.dir,
      env: {
        PATH: '/nowhere',
        LANG: 'en_US.UTF-8',
        ELECTRON_MIRROR: mirror,
        electron_config_cache: join(this.dir, 'cache'),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    this.#running.push(child);
    return { process: child, said: () => said };
  }

  /** A start until it ends: what it said, line by line. */
  async run(mirror: string, env?: Record<string, string>): Promise<string[]> {
    const { process, said } = this.start(mirror, env);
    await once(process, 'close');
    return said().trim().split('\n');
  }

  /** What is left of downloads. */
  downloads(): Promise<string[]> {
    return readdir(join(this.dir, 'node_modules/.cache/hither/electron'));
  }

  async remove(): Promise<void> {
    for (const child of this.#running) {
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'))
        await once(child, 'exit');
    }
    await rm(this.dir, { recursive: true, force: true });
  }

  async #fill(): Promise<void> {
    const modules = join(ROOT, 'node_modules');
    await cp(join(ROOT, 'scripts'), join(this.dir, 'scripts'), { recursive: true });
    for (const name of ['install.js', 'package.json'])
      await this.#write(`node_modules/electron/${name}`, await readFile(join(modules, 'electron', name)));
    for (const scope of ['@electron', '@electron-internal'])
      await symlink(join(modules, scope), join(this.dir, 'node_modules', scope));
    await this.#write('node_modules/.package-lock.json', '{"packages":{}}');
    await this.#write('package-lock.json', '{"packages":{}}');
    await this.#write('package.json', '{"type":"module"}');
    for (const name of ['electron', 'relay']) await this.#write(`${name}.vite.config.ts`, '');
    await mkdir(join(this.dir, 'src'));
    for (const name of outputs) await this.#write(name, '');
    await this.#write('out/main/headless.js', 'console.log("browser:", ...process.argv.slice(2))');
  }

  async #write(name: string, content: string | Buffer): Promise<void> {
    const path = join(this.dir, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
