import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProcess } from '../support/bundleProcess';
import { afterwards } from '../support/lan/opened';
import { client } from '../support/relay/mailboxRules';
import { randomHex } from '../support/relay/RelayClient';
import { RelayProcess } from '../support/relay/RelayProcess';

describe('the program', () => {
  let dir: string;
  let script: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-relay-'));
    script = await bundleProcess(join(import.meta.dirname, '../../src/relay/index.ts'), dir);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env, timeout: 10_000 });

  it('explains itself', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('--turn-secret SECRET');
  });

  it('starts with no wrong settings, and says them all', () => {
    const { status, stderr, stdout } = run(['--turn-url', 'turn:a'], { HITHER_RELAY_PORT: 'x' });
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--port takes a whole number');
    expect(stderr).toContain('--turn-url needs the secret');
  });

  it('says that its port is taken', async () => {
    const relay = await RelayProcess.start(script, []);
    afterwards(() => relay.end('SIGKILL'));
    const { status, stderr } = run(['--host', '127.0.0.1', '--port', String(relay.port)]);
    expect(status).toBe(2);
    expect(stderr).toContain('EADDRINUSE');
  });

  it('drains at SIGTERM and ends well, and logs nothing of anybody', async () => {
    const flags = ['--host', '127.0.0.1', '--port', '0', '--drain-seconds', '1', '--log-level', 'debug'];
    const child = spawn(process.execPath, [script, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
    afterwards(() => child.kill('SIGKILL'));
    let log = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
    await expect.poll(() => log).toContain('listening');
    const { port } = JSON.parse(log) as { port: number };
    const [a, mailbox] = [client(), randomHex(32)];
    await a.open(`ws://127.0.0.1:${port}/hither/relay`, { type: 'join', mailbox });
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await expect.poll(() => a.messages).toContainEqual({ type: 'draining', withinMs: 1_000 });
    await expect.poll(() => a.closedWith).toBe('draining');
    const [code] = (await exited) as [number];
    expect(code).toBe(0);
    for (const line of log.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
    for (const word of [mailbox, a.side, '127.0.0.1']) expect(log).not.toContain(word);
  });
});
