import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, unlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { answer, askFor, handLink, type HandedTo, type Holder } from './profileQuestions';

const SOCKET = /^lock-[0-9a-f]{16}\.sock$/;
/** Longest path of a socket in bytes: 104 on macOS and BSD, 108 on Linux, with the zero at its end (`sun_path`). */
const MAX_SOCKET_PATH = 103;
/** Opens a link that another start hands over; says who sees its question. */
export type OpenHandedLink = (link: string) => HandedTo;

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
   * @param openLink gets links of invites that later starts hand over, from then on; without it none is accepted
   * @throws ProfileInUseError if another process, or this one, holds it; the file system's error
   */
  static async acquire(profileDir: string, openLink?: OpenHandedLink): Promise<ProfileLock> {
    await mkdir(profileDir, { recursive: true, mode: 0o700 });
    return process.platform === 'win32'
      ? ProfileLock.#acquirePipe(profileDir, openLink)
      : ProfileLock.#acquireSocket(profileDir, openLink);
  }

  /**
   * Hands the link of an invite over to the process that holds a profile.
   * @returns who sees its question there, and the process; `null` where none holds it, or none that accepts the link
   */
  static async handOver(
    profileDir: string,
    link: string,
  ): Promise<{ pid: number; handedTo: HandedTo } | null> {
    for (const path of await socketsOf(profileDir)) {
      const holder = await atShortPath(path, (short) => handLink(short, link));
      if (holder?.handedTo !== undefined) return { pid: holder.pid, handedTo: holder.handedTo };
    }
    return null;
  }

  /** Gives the profile back. */
  async release(): Promise<void> {
    // It listens no more at once; the end is told when those who just ask have gone, too.
    this.#server.close();
    if (this.#socketPath !== null) await rm(this.#socketPath, { force: true });
  }

  static async #acquirePipe(profileDir: string, openLink?: OpenHandedLink): Promise<ProfileLock> {
    const path = await pipeOf(profileDir);
    const self = { pid: process.pid, isHolder: true };
    const onLink = (link: string): Holder => ({ ...self, ...handed(link, openLink) });
    const server = createServer((socket) => answer(socket, { onName: () => self, onLink }));
    try {
      await listen(server, path);
    } catch (error) {
      const holder = await askFor(path, basename(path));
      throw holder === null ? error : new ProfileInUseError(profileDir, holder.pid);
    }
    return new ProfileLock(server, null);
  }

  static async #acquireSocket(profileDir: string, openLink?: OpenHandedLink): Promise<ProfileLock> {
    const own = `lock-${randomBytes(8).toString('hex')}.sock`;
    const state = { pid: process.pid, isHolder: false, isBeaten: false };
    const self = (): Holder => ({ pid: state.pid, isHolder: state.isHolder });
    const server = createServer((socket) =>
      answer(socket, {
        onName: (name) => {
          // Whose name comes before ours stays: it has seen us, and we may have looked around before it was there.
          if (!state.isHolder && name < own) state.isBeaten = true;
          return self();
        },
        onLink: (link) => ({ ...self(), ...(state.isHolder && handed(link, openLink)) }),
      }),
    );
    const lock = new ProfileLock(server, join(profileDir, own));
    try {
      await atShortPath(join(profileDir, own), (path) => listen(server, path));
      for (const path of (await socketsOf(profileDir)).filter((each) => basename(each) !== own)) {
        const name = basename(path);
        const other = await atShortPath(path, (short) => askFor(short, own));
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

/** Where processes listen that hold a profile, or try to. @throws the file system's error */
async function socketsOf(profileDir: string): Promise<string[]> {
  if (process.platform === 'win32') return [await pipeOf(profileDir)];
  return (await readdir(profileDir))
    .filter((name) => SOCKET.test(name))
    .map((name) => join(profileDir, name));
}

async function pipeOf(profileDir: string): Promise<string> {
  const place = (await realpath(profileDir)).toLowerCase();
  return `\\\\.\\pipe\\hither-${createHash('sha256').update(place).digest('hex').slice(0, 32)}`;
}

function handed(link: string, openLink: OpenHandedLink | undefined): { handedTo: HandedTo } | undefined {
  return openLink && { handedTo: openLink(link) };
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
    // The folder may be one that others reach; the socket is made within the call, so it is never theirs.
    const umask = process.umask(0o177);
    server.listen(path, () => {
      server.off('error', reject);
      // What goes wrong with one who asks is no matter of ours.
      server.on('error', () => undefined);
      // It keeps no process alive that has nothing else to do.
      server.unref();
      resolve();
    });
    process.umask(umask);
  });
}
