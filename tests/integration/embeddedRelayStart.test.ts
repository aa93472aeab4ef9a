import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ownAddresses } from '../../src/main/node/net/networkInterfaces';
import { relaySocketUrl } from '../../src/shared/protocol/relayUrl';
import { headlessEntry } from '../support/app/build';
import { afterwards } from '../support/lan/opened';
import { randomHex, RelayClient } from '../support/relay/RelayClient';

let profile: string;
let running: ChildProcess | null = null;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'hither-relay-port-'));
});
afterEach(async () => {
  if (running?.exitCode === null) {
    running.kill('SIGTERM');
    await once(running, 'exit');
  }
  running = null;
  await rm(profile, { recursive: true, force: true });
});

/** The built app in headless mode, with what it said so far. */
function run(args: string[], lang = 'en_US.UTF-8') {
  const flags = ['--no-open', '--port', '0', '--profile', profile, '--downloads', profile];
  const child = spawn(process.execPath, [headlessEntry, ...flags, ...args], {
    env: { ...process.env, LANG: lang, LC_ALL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return { child, said };
}

async function listen(port = 0): Promise<number> {
  const server = createServer().listen(port);
  await once(server, 'listening');
  afterwards(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A port that nobody uses: the system gives it to nobody else so soon. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const said = (read: () => string, words: string | RegExp): Promise<unknown> =>
  vi.waitUntil(() => new RegExp(words).exec(read()), { timeout: 20_000, interval: 20 });

/** Comes to the relay of this machine and takes a place. */
async function member(port: number): Promise<RelayClient> {
  const client = new RelayClient();
  await client.open(relaySocketUrl(`http://127.0.0.1:${port}`), { type: 'join', mailbox: randomHex(32) });
  return client;
}

describe('--relay-port', () => {
  it('runs a relay beside the page, prints where it is, and tells its members when it ends', async () => {
    const port = await freePort();
    const { child, said: words } = run(['--relay-port', String(port)]);
    await said(() => words.out, `The relay is .*${port}`);
    expect(words.out).toMatch(/^Hither is ready: http/m);
    const [own] = ownAddresses().filter(({ family }) => family === 'IPv4');
    if (own !== undefined) expect(words.out).toContain(`The relay is at http://${own.address}:${port}\n`);
    const client = await member(port);
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    expect(client.messages.map(({ type }) => type)).toContain('draining');
    await vi.waitUntil(() => client.closedWith === 'draining', 2_000);
    expect(words.err).toBe('');
    // For this run: nothing of it is written down.
    await expect(readFile(join(profile, 'settings.json'), 'utf8')).rejects.toThrow('ENOENT');
  });

  it.each([
    ['en_US.UTF-8', (port: number) => `The relay can't use port ${port}: another program does. `],
    ['ko_KR.UTF-8', (port: number) => `다른 프로그램이 포트 ${port}을(를) 쓰고 있어서 `],
  ])('says in one sentence that its port is taken (%s)', async (lang, sentence) => {
    const port = await listen();
    const { child, said: words } = run(['--relay-port', String(port)], lang);
    await once(child, 'close');
    expect(child.exitCode).toBe(2);
    expect(words.out).toBe('');
    expect(words.err.trim().split('\n')).toHaveLength(1);
    expect(words.err.startsWith(sentence(port))).toBe(true);
    expect(words.err).toContain('--relay-port N');
  });

  it('takes a port, and nothing else', async () => {
    const { child, said: words } = run(['--relay-port', '99999'], 'ko_KR.UTF-8');
    await once(child, 'close');
    expect(child.exitCode).toBe(2);
    expect(words.err.split('\n')[0]).toBe('--relay-port는 0부터 65535까지의 숫자여야 합니다: 99999');
  });
});

describe('a relay that the settings want', () => {
  const want = (port: number): Promise<void> =>
    writeFile(
      join(profile, 'settings.json'),
      JSON.stringify({ nearby: false, embeddedRelay: true, embeddedRelayPort: port }),
    );

  it('is there again with every start', async () => {
    const port = await freePort();
    await want(port);
    const { said: words } = run([]);
    await said(() => words.out, `The relay is .*${port}`);
    (await member(port)).socket.terminate();
  });

  it.each([
    ['en_US.UTF-8', (port: number) => `The relay can't use port ${port}: another program does. `],
    ['ko_KR.UTF-8', (port: number) => `다른 프로그램이 포트 ${port}을(를) 쓰고 있어서 `],
  ])('keeps nobody from using the app where its port is taken (%s)', async (lang, sentence) => {
    const port = await listen();
    await want(port);
    const { child, said: words } = run([], lang);
    await said(() => words.out, 'Hither is ready: http');
    await vi.waitUntil(
      async () => (await readFile(join(profile, 'hither.log'), 'utf8')).includes('"problem":"port-taken"'),
      { timeout: 10_000, interval: 20 },
    );
    await said(() => words.err, '\n');
    expect(child.exitCode).toBeNull();
    expect(words.out).not.toContain('The relay is');
    expect(words.err.trim().split('\n')).toHaveLength(1);
    expect(words.err.startsWith(sentence(port))).toBe(true);
    expect(words.err).not.toContain('--relay-port');
  });
});

describe('a start without a relay', () => {
  /** The files of the build that one loads before it does anything. */
  async function loadedBy(file: string, found = new Map<string, string>()): Promise<Map<string, string>> {
    const text = await readFile(file, 'utf8');
    found.set(file, text);
    for (const [, path = ''] of text.matchAll(/^(?:import|export)\b[^"'\n]*["'](\.[^"']+)["'];?$/gm)) {
      const next = join(dirname(file), path);
      if (!found.has(next)) await loadedBy(next, found);
    }
    return found;
  }

  it('loads nothing of one, headless or on the desktop', async () => {
    for (const entry of [headlessEntry, join(dirname(headlessEntry), 'index.js')]) {
      // Rolldown says of every module where it came from.
      const modules = [...(await loadedBy(entry)).values()].flatMap((text) =>
        [...text.matchAll(/^\/\/ ((?:src|node_modules)\/\S+)$/gm)].map(([, path = '']) => path),
      );
      expect(modules).toContain('src/main/node/relay/NodeEmbeddedRelay.ts');
      const isOfRelay = /^src\/relay\/(create|(server|mailboxes)\/[A-Z])|^node_modules\/prom-client/;
      expect(modules.filter((path) => isOfRelay.test(path))).toEqual([]);
    }
  });
});
