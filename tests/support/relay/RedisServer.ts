import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from '../../../scripts/chromium.mjs';

/** Where the real Redis is, or `null`; the tests with it are skipped then. */
export const redisProgram: string | null = findProgram('redis-server');

/** A real Redis on a port of its own, which keeps nothing on the disk. */
export class RedisServer {
  readonly port: number;
  readonly #dir: string;
  #process: ChildProcess | null = null;

  private constructor(port: number, dir: string) {
    this.port = port;
    this.#dir = dir;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), await mkdtemp(join(tmpdir(), 'hither-redis-')));
    await server.up();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, empty. */
  async up(): Promise<void> {
    const flags = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--dir', this.#dir];
    this.#process = spawn(redisProgram ?? 'redis-server', flags, { stdio: 'ignore' });
    while (!(await this.#answers())) await sleep(20);
  }

  /** Ends it as a machine that fails would. */
  async down(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null) return;
    running.kill('SIGKILL');
    if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
  }

  /** Has it do nothing, as a machine that hangs: its connections stay. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Every key in it. */
  keys(): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.port, '127.0.0.1');
      let text = '';
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        text += chunk.toString();
        const lines = text.split('\r\n');
        const count = Number(lines[0]?.slice(1));
        if (lines.length < 2 * count + 2) return;
        socket.destroy();
        resolve(lines.filter((line, index) => index > 0 && index % 2 === 0 && line !== ''));
      });
      socket.write('KEYS *\r\n');
    });
  }

  async close(): Promise<void> {
    await this.down();
    await rm(this.#dir, { recursive: true, force: true });
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.on('error', () => resolve(false));
      socket.once('data', () => {
        socket.destroy();
        resolve(true);
      });
      socket.write('PING\r\n');
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
