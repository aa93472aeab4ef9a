import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appLinkOf, formatInviteLink } from '../../src/shared/identity/invite';
import { SOME_FINGERPRINT } from '../support/lan/identities';
import { pageClient } from '../support/lan/PageClient';

const ROOT = join(import.meta.dirname, '../..');

/** `npm start` as a person types it, without npm around it. */
class Start {
  readonly process: ChildProcess;
  output = '';
  errors = '';

  constructor(args: string[], env: Record<string, string> = {}) {
    this.process = spawn(process.execPath, ['scripts/start.mjs', ...args], {
      cwd: ROOT,
      // The search for Electron's runtime has its own tests; here it must not go to the network.
      env: { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '', ELECTRON_SKIP_BINARY_DOWNLOAD: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
  }

  async exitCode(): Promise<number | null> {
    if (this.process.exitCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }
}

describe('npm start', () => {
  let profile: string;
  const started: Start[] = [];
  const start = (args: string[], env?: Record<string, string>): Start => {
    const run = new Start(args, env);
    started.push(run);
    return run;
  };

  beforeEach(async () => {
    profile = await mkdtemp(join(tmpdir(), 'hither-start-'));
  });
  afterEach(async () => {
    for (const run of started.splice(0)) {
      run.process.kill('SIGTERM');
      await run.exitCode();
    }
    await rm(profile, { recursive: true, force: true });
  });

  it('says its version, and its flags in English and Korean', async () => {
    const version = start(['--version']);
    const { version: expected } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await version.exitCode()).toBe(0);
    expect(version.output.trim()).toBe(expected);
    const flags = [
      '--headless',
      '--port',
      '--profile',
      '--name',
      '--downloads',
      '--relay-port',
      '--no-open',
      '--help',
      '--version',
    ];
    for (const language of ['en_US.UTF-8', 'ko_KR.UTF-8']) {
      const help = start(['--help'], { LC_ALL: language });
      expect(await help.exitCode()).toBe(0);
      for (const flag of flags) expect(help.output).toContain(flag);
      expect(/[가-힣]/.test(help.output)).toBe(language.startsWith('ko'));
    }
  });

  it('refuses a flag that it does not know, with the list of those it does', async () => {
    const run = start(['--headles']);
    expect(await run.exitCode()).toBe(2);
    expect(run.errors).toContain('--headles');
    expect(run.errors).toContain('--headless');
  });

  it.skipIf(existsSync(join(ROOT, 'node_modules/electron/dist')))(
    'starts without Electron after one line about it, serves its page, and ends when told to',
    async () => {
      const flags = ['--', '--no-open', '--profile', profile, '--name', 'Start test', '--downloads', profile];
      const run = start(flags, { ELECTRON_OVERRIDE_DIST_PATH: '', PATH: '/nowhere' });
      const url = await vi.waitUntil(
        () => /http:\/\/127\.0\.0\.1:\d+\/#token=\w+/.exec(run.output)?.[0],
        60_000,
      );
      expect(run.output.split('\n').filter((line) => line.includes('Electron'))).toHaveLength(1);
      const page = await fetch(url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<title>Hither</title>');
      run.process.kill('SIGTERM');
      expect(await run.exitCode()).toBe(0);
      expect(run.errors).toBe('');
    },
    90_000,
  );

  it('asks in the browser about the link that it is given', async () => {
    const relayUrl = 'https://relay.example.org';
    const secret = new Uint8Array(16).fill(7);
    const link = appLinkOf(
      formatInviteLink({ relayUrl, secret, inviter: secret, expiresMs: Date.now() + 3_600_000 }),
    );
    const run = start([link, '--headless', '--no-open', '--profile', profile, '--downloads', profile]);
    const url = await vi.waitUntil(
      () => /http:\/\/127\.0\.0\.1:\d+\/#token=\w+/.exec(run.output)?.[0],
      60_000,
    );
    const { backend, socket } = pageClient(url);
    const { openedLink } = await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    expect(openedLink?.content).toEqual({ kind: 'invite', invite: link, relayUrl });
    await backend.request('app:forgetLink', { linkId: openedLink?.linkId ?? '' });
    const after = await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    expect(after.openedLink).toBeNull();
    socket.close();
    const log = await readFile(join(profile, 'hither.log'), 'utf8');
    expect(run.output + run.errors + log).not.toContain(link.split('#')[1]);
  }, 90_000);

  it('hands a link to the Hither that runs on the profile, which asks about it', async () => {
    const ofLink = (byte: number): string => {
      const secret = new Uint8Array(16).fill(byte);
      const relayUrl = 'http://127.0.0.1:9';
      return formatInviteLink({ relayUrl, secret, inviter: secret, expiresMs: Date.now() + 3_600_000 });
    };
    const flags = ['--headless', '--no-open', '--profile', profile];
    const first = start([...flags, '--downloads', profile]);
    const url = await vi.waitUntil(
      () => /http:\/\/127\.0\.0\.1:\d+\/#token=\w+/.exec(first.output)?.[0],
      60_000,
    );

    const unseen = start([...flags, ofLink(1)]);
    expect(await unseen.exitCode()).toBe(0);
    expect(unseen.output).toMatch(
      /running already \(process \d+\) and has the link now, but its page is not open/,
    );

    const { backend, socket } = pageClient(url);
    const { openedLink } = await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    expect(openedLink?.content).toMatchObject({ kind: 'invite', invite: ofLink(1) });
    const changed = new Promise((resolve) => backend.on('app:openedLink', resolve));
    const seen = start([...flags, appLinkOf(ofLink(2))], { LC_ALL: 'ko_KR.UTF-8' });
    expect(await seen.exitCode()).toBe(0);
    expect(seen.output).toContain('링크를 넘겼어요. 그 화면에서 들어갈지 물어봐요.');
    expect(await changed).toMatchObject({
      openedLink: { content: { kind: 'invite', invite: appLinkOf(ofLink(2)) } },
    });

    const wrong = start([...flags, 'https://relay.example.org/#AQ']);
    expect(await wrong.exitCode()).toBe(2);
    expect(wrong.errors).toContain('no link of an invite');
    const { openedLink: still } = await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    expect(still?.content).toMatchObject({ invite: appLinkOf(ofLink(2)) });
    socket.close();
    const log = await readFile(join(profile, 'hither.log'), 'utf8');
    for (const said of [log, first.output, first.errors, unseen.output, seen.output])
      expect(said).not.toContain(ofLink(2).split('#')[1]);
  }, 90_000);

  it('says that a profile is in use, and what to do', async () => {
    const first = start(['--headless', '--no-open', '--profile', profile]);
    await expect.poll(() => first.output, { timeout: 60_000 }).toContain('#token=');
    const second = start(['--headless', '--no-open', '--profile', profile]);
    expect(await second.exitCode()).toBe(2);
    expect(second.errors + second.output).toContain('--profile');
  }, 90_000);
});
