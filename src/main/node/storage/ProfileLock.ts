import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

/** What a process says of itself to another one that asks for the same profile. */
const Holder = z.object({ pid: z.int().min(0), isHolder: z.boolean() });
type Holder = z.infer<typeof Holder>;

const SOCKET = /^lock-[0-9a-f]{16}\.sock$/;
/** A process that lives but says nothing, as one that is stopped, holds what it holds. */
const ANSWER_MS = 2_000;
const SILENT: Holder = { pid: 0, isHolder: true };
/** Longest path of a socket in bytes: 104 on macOS and BSD, 108 on Linux, with the zero at its end (`sun_path`). */
const MAX_SOCKET_PATH = 103;
const MAX_ANSWER_BYTES = 200;
/** What connecting says where nobody listens. */
const NOBODY: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);

/** Another process uses the profile; a person can start this one with `--profile`. */
export class ProfileInUseError extends Error {
  readonly profileDir: string;
  /** 0 where it does not say. */
  readonly pid: number;

  constructor(profileDir: string, pid: number) {
    super(`profile in use by process ${pid}: ${profileDir}`);
    this.name = 'ProfileInUseError';
    this.profileDir = profileDir;
    this.pid = pid;
  }
}

/**
 * Holds a profile for one process: two writers would lose each other's settings and share one identity. The lock is a socket
 * that the process listens on, which the system closes with the process, however that ends: no clock and no process
 * id has to be believed.
 *
 * Each process makes a socket of its own name in the profile, and only then looks for others. Of two that come at the same
 * time, at least one sees the other; the one whose name comes first stays. Windows' named pipes are exclusive by themselves.
 */
export class ProfileLock {
  readonly #server: Server;
  readonly #socketPath: string | null;

  private constructor(server: Server, socketPath: string | null) {
    this.#server = server;
    this.#socketPath = socketPath;
  }

  /**
   * Takes the profile; what a process left that was killed is cleared away.
   * @throws ProfileInUseError if another process, or this one, holds it; the file system's error
   */
  static async acquire(profileDir: string): Promise<ProfileLock> {
    await mkdir(profileDir, { recursive: true, mode: 0o700 });
    return process.platform === 'win32'
      ? ProfileLock.#acquirePipe(profileDir)
      : ProfileLock.#acquireSocket(profileDir);
  }

  /** Gives the profile back. */
  async release(): Promise<void> {
    // It listens no more at once; the end is told when those who just ask have gone, too.
    this.#server.close();
    if (this.#socketPath !== null) await rm(this.#socketPath, { force: true });
  }

  static async #acquirePipe(profileDir: string): Promise<ProfileLock> {
    const place = (await realpath(profileDir)).toLowerCase();
    const name = createHash('sha256').update(place).digest('hex').slice(0, 32);
    const path = `\\\\.\\pipe\\hither-${name}`;
    const server = createServer((socket) => answer(socket, { pid: process.pid, isHolder: true }));
    try {
      await listen(server, path);
    } catch (error) {
      const holder = await ask(path, name);
      throw holder === null ? error : new ProfileInUseError(profileDir, holder.pid);
    }
    return new ProfileLock(server, null);
  }

  static async #acquireSocket(profileDir: string): Promise<ProfileLock> {
    const own = `lock-${randomBytes(8).toString('hex')}.sock`;
    const state = { pid: process.pid, isHolder: false, isBeaten: false };
    const server = createServer((socket) => {
      socket.setEncoding('utf8').on('data', (name) => {
        // Whose name comes before ours stays: it has seen us, and we may have looked around before it was there.
        if (!state.isHolder && String(name) < own) state.isBeaten = true;
        answer(socket, state);
      });
    });
    const lock = new ProfileLock(server, join(profileDir, own));
    try {
      await atShortPath(join(profileDir, own), (path) => listen(server, path));
      for (const name of (await readdir(profileDir)).filter((each) => SOCKET.test(each) && each !== own)) {
        const path = join(profileDir, name);
        const other = await atShortPath(path, (short) => ask(short, own));
        // A name is used once, so what nobody listens on is nobody's for ever.
        if (other === null) await unlink(path).catch(() => undefined);
        else if (other.isHolder || name < own) throw new ProfileInUseError(profileDir, other.pid);
      }
      if (state.isBeaten) throw new ProfileInUseError(profileDir, 0);
      state.isHolder = true;
      return lock;
    } catch (error) {
      await lock.release();
      // What `listen` throws does not name the place as other errors of the file system do.
      if (error instanceof Error && !('path' in error)) Object.assign(error, { path: profileDir });
      throw error;
    }
  }
}

function answer(socket: Socket, { pid, isHolder }: Holder): void {
  socket.on('error', () => undefined).end(JSON.stringify({ pid, isHolder }));
}

/** What the process that listens at `path` says; `null` where none does. */
function ask(path: string, ownName: string): Promise<Holder | null> {
  return new Promise((resolve) => {
    let isNobodys = false;
    let text = '';
    const socket = connect(path, () => socket.write(ownName));
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += String(chunk);
      if (text.length > MAX_ANSWER_BYTES) socket.destroy();
    });
    socket.on('error', (error) => (isNobodys = NOBODY.has((error as NodeJS.ErrnoException).code ?? '')));
    socket.on('close', () => resolve(isNobodys ? null : holderOf(text)));
  });
}

function holderOf(text: string): Holder {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return SILENT;
  }
}

/** Has a socket reached by a path that is not too long for the system: through a link to its folder, where it is. */
async function atShortPath<T>(path: string, reach: (path: string) => Promise<T>): Promise<T> {
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH) return reach(path);
  const linkDir = await mkdtemp(join(tmpdir(), 'hither-'));
  try {
    const link = join(linkDir, 'p');
    await symlink(dirname(path), link);
    return await reach(join(link, basename(path)));
  } finally {
    await rm(linkDir, { recursive: true, force: true });
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      // What goes wrong with one who asks is no matter of ours.
      server.on('error', () => undefined);
      // It keeps no process alive that has nothing else to do.
      server.unref();
      resolve();
    });
  });
}
