import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileThread } from '../../../../../src/main/node/files/FileThread';
import type { FolderPlace } from '../../../../../src/main/node/files/fileSteps';
import { FILE_THREAD_PATH } from '../../../../support/transfer/testFileThread';

/** The script of a thread that says of a file that it was written under its very name, once `answer <name>` lies there. */
const ANSWERS_WHEN_TOLD = `
  import { existsSync, writeFileSync } from 'node:fs';
  import { parentPort } from 'node:worker_threads';
  const beside = (name) => new URL(name, import.meta.url);
  parentPort.on('message', ({ steps: [{ name }], bytes }) => {
    while (!existsSync(beside('answer ' + name)));
    parentPort.postMessage({ results: [{ kind: 'written', partName: name }], bytes });
    writeFileSync(beside('answered ' + name), '');
  });`;

describe('the thread for small files', () => {
  let dir: string;
  let folder: FolderPlace;
  let thread: FileThread;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-thread-'));
    folder = { path: dir, real: dir };
    thread = new FileThread(FILE_THREAD_PATH);
  });
  afterEach(async () => {
    await thread.close();
    await rm(dir, { recursive: true, force: true });
  });

  const write = (name: string, text: string, into = folder): Promise<string> =>
    thread.write({ folder: into, name, modifiedMs: 1_234_567_000, isExecutable: false }, Buffer.from(text));

  it('writes, names and reads hundreds at a time, each its own bytes', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `file ${index}`);
    await Promise.all(
      names.map(async (name) => {
        const partName = await write(name, name.repeat(3));
        expect(await thread.name({ folder, partName, name })).toBe(true);
        const found = { path: join(dir, name), lengthBytes: name.length * 3, modifiedMs: 1_234_567_000 };
        expect(Buffer.from((await thread.read(found))!).toString()).toBe(name.repeat(3));
      }),
    );
    expect(await readdir(dir)).toHaveLength(500);
  });

  it('writes and names in one step, and leaves what has the name already', async () => {
    await writeFile(join(dir, 'taken'), 'mine');
    const put = (name: string): Promise<string | null> =>
      thread.put({ folder, name, modifiedMs: 0, isExecutable: true, finalName: name }, Buffer.from('new'));
    expect(await Promise.all(['free', 'taken'].map(put))).toEqual([null, 'taken.part']);
    await expect(put('x'.repeat(300))).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
    expect((await readdir(dir)).sort()).toEqual(['free', 'taken', 'taken.part']);
    expect(await readFile(join(dir, 'taken'), 'utf8')).toBe('mine');
    expect(await readFile(join(dir, 'free'), 'utf8')).toBe('new');
  });

  it('says of each what is wrong with it, and goes on with the others', async () => {
    await writeFile(join(dir, 'taken'), 'mine');
    await mkdir(join(dir, 'elsewhere'));
    const partName = await write('taken', 'new');
    const gone = { path: join(dir, 'gone'), real: join(dir, 'gone') };
    const outcomes = await Promise.allSettled([
      thread.name({ folder, partName, name: 'taken' }),
      write('a', 'a', gone),
      thread.read({ path: join(dir, 'taken'), lengthBytes: 5, modifiedMs: undefined }),
      thread.name({ folder, partName, name: 'x'.repeat(300) }),
      write('good', 'good'),
    ]);
    expect(outcomes).toMatchObject([
      { value: false },
      { reason: { code: 'ENOENT' } },
      { value: null },
      { reason: { code: 'ENAMETOOLONG' } },
      { value: 'good.part' },
    ]);
    const moved = write('a', 'a', { path: dir, real: join(dir, 'elsewhere') });
    await expect(moved).rejects.toMatchObject({ code: 'folder-missing' });
    expect(await readFile(join(dir, 'taken'), 'utf8')).toBe('mine');
    expect((await readdir(dir)).sort()).toEqual(['elsewhere', 'good.part', 'taken', 'taken.part']);
  });

  it.skipIf(process.platform === 'win32')('does not wait for a named pipe in a file’s place', async () => {
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    const found = { path: join(dir, 'pipe'), lengthBytes: 5, modifiedMs: undefined };
    expect(await thread.read(found)).toBeNull();
  });

  it('rejects what was under way when it dies, and starts again', async () => {
    const script = join(dir, 'script.mjs');
    const broken = new FileThread(script);
    const step = { folder, name: 'a', modifiedMs: 0, isExecutable: false };
    await expect(broken.write(step, Buffer.from('a'))).rejects.toThrow(/Cannot find module/);
    await writeFile(
      script,
      `import { parentPort } from 'node:worker_threads';
       const results = [{ kind: 'written', partName: 'p' }];
       parentPort.on('message', ({ bytes }) => parentPort.postMessage({ results, bytes }));`,
    );
    expect(await broken.write(step, Buffer.from('a'))).toBe('p');
    await broken.close();
  });

  it('does not take a late answer of a thread that was given up for one of the next', async () => {
    const script = join(dir, 'script.mjs');
    await writeFile(script, ANSWERS_WHEN_TOLD);
    thread = new FileThread(script);
    const given = [write('first', 'a')];
    await new Promise((resolve) => setImmediate(resolve));
    // In one turn, ahead of the step that posts what waits: the answer still lies unread when the next thread gets its work.
    const givenUp = new Promise<{ closed: Promise<void>; next: Promise<string> }>((resolve) => {
      setImmediate(() => {
        writeFileSync(join(dir, 'answer first'), '');
        for (const end = Date.now() + 5000; !existsSync(join(dir, 'answered first')) && Date.now() < end;);
        resolve({ closed: thread.close(), next: write('next', 'b') });
      });
    });
    given.push(write('waiting', 'c'));
    const cancelled = { reason: { code: 'cancelled' } };
    expect(await Promise.allSettled(given)).toMatchObject([cancelled, cancelled]);
    const { closed, next } = await givenUp;
    // A thread that has ended has been heard to its last word.
    await closed;
    expect(existsSync(join(dir, 'answered first'))).toBe(true);
    writeFileSync(join(dir, 'answer next'), '');
    expect(await next).toBe('next');
  });

  it('rejects what waits when it is closed', async () => {
    const waiting = write('a', 'a');
    const rejected = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await thread.close();
    await rejected;
  });
});
