import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** A user that no system knows: an account without a home, as a service may have. */
const NOBODY = 54_321;
/** Only root may run a process as somebody else, and only a Node that others may run, too. */
const canBeNobody =
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ['-e', ''], { uid: NOBODY, gid: NOBODY, cwd: tmpdir() }).status === 0;

let dir: string;
let running: ChildProcess | null = null;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hither-trouble-'));
  await chmod(dir, 0o755);
});
afterEach(async () => {
  if (running?.exitCode === null) {
    running.kill('SIGTERM');
    await once(running, 'exit');
  }
  running = null;
  await rm(dir, { recursive: true, force: true });
});

/** The built app, where it may be read by anybody, run by a user without a home. */
async function run(args: string[], { lang = 'en_US.UTF-8', isNobody = false } = {}) {
  const app = join(dir, 'app');
  await mkdir(app);
  await cp(join(ROOT, 'out'), join(app, 'out'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(app, 'package.json'));
  const env = { ...process.env, LANG: lang, LC_ALL: '' };
  for (const name of ['HOME', 'XDG_CONFIG_HOME']) Reflect.deleteProperty(env, name);
  const child = spawn(process.execPath, [join(app, 'out/main/headless.js'), '--no-open', ...args], {
    cwd: dir,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(isNobody && { uid: NOBODY, gid: NOBODY }),
  });
  running = child;
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return { child, said };
}

/** What is said in one line, with the exit code of a start that a person can mend. */
async function refusal(args: string[], options?: Parameters<typeof run>[1]): Promise<string> {
  const { child, said } = await run(args, options);
  await once(child, 'close');
  expect(said.out).toBe('');
  expect(said.err.trim().split('\n')).toHaveLength(1);
  expect(child.exitCode).toBe(2);
  return said.err.trim();
}

describe('a start that can’t be says why in one sentence', () => {
  it.runIf(canBeNobody).each([
    ['en_US.UTF-8', 'This account has no home folder. Name a folder for the profile with --profile DIR.'],
    ['ko_KR.UTF-8', '이 계정에는 홈 폴더가 없어요. --profile DIR로 프로필을 둘 폴더를 지정해 주세요.'],
  ])('without a home folder (%s)', async (lang, sentence) => {
    expect(await refusal([], { lang, isNobody: true })).toBe(sentence);
  });

  it.runIf(canBeNobody)('where the profile or its log is another user’s', async () => {
    const profile = join(dir, 'profile');
    await mkdir(profile);
    const sentence = await refusal(['--profile', profile], { isNobody: true });
    expect(sentence).toContain(`${profile}/hither.log can't be written (EACCES)`);
    expect(sentence).toContain('--profile DIR');
  });

  it.each([
    ['en_US.UTF-8', "can't be written (ENOTDIR)"],
    ['ko_KR.UTF-8', '에 쓸 수 없어요(ENOTDIR)'],
  ])('where the profile can’t be made (%s)', async (lang, words) => {
    await writeFile(join(dir, 'file'), '');
    expect(await refusal(['--profile', join(dir, 'file/profile')], { lang })).toContain(words);
  });
});

describe('an account without a home folder', () => {
  it.runIf(canBeNobody)('runs in the profile that it names, and receives beside it', async () => {
    const profile = join(dir, 'profile');
    await mkdir(profile);
    await chown(profile, NOBODY, NOBODY);
    const { said } = await run(['--profile', profile], { isNobody: true });
    await expect.poll(() => said.out + said.err, { timeout: 20_000 }).toContain('Hither is ready: http://');
    expect(said.err).toBe('');
  });
});
