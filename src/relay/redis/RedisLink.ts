import { createClient, ErrorReply, RESP_TYPES } from '@redis/client';
import type { Log } from '../../shared/log';
import { type ScriptName, SCRIPTS } from './scripts';

/** How long a try to connect may take, and the longest pause between two, in ms. */
const CONNECT_MS = 2_000;
const LONGEST_PAUSE_MS = 1_000;
/** How often a connection that says nothing is asked whether it lives, in ms. */
const PING_MS = 2_000;
/** A connection on which nothing came for so long is given up, in ms: its machine may be gone without a word. */
const SILENCE_MS = 5_000;
/** Bytes that may be on their way to a Redis that does not answer; beyond them it counts as down. */
const MAX_PENDING_BYTES = 32 * 1024 * 1024;

/** Texts and bytes come as bytes: frames are no text. */
const BYTES = { [RESP_TYPES.BLOB_STRING]: Buffer };

export type ScriptArgument = string | number | Uint8Array;
export type ScriptReply = readonly (Buffer | number)[];

export interface RedisLinkOptions {
  url: string;
  log: Log;
  /** What is published on the channel. */
  channel: string;
  onMessage: (message: Buffer) => void;
  /** Both connections are up again, after one of them was down: messages may be lost, and all else too. */
  onBack: () => void;
}

/** Two connections to a Redis: one for commands, one that listens. Comes back by itself; what is asked meanwhile fails. */
export class RedisLink {
  readonly #options: RedisLinkOptions;
  readonly #commands;
  readonly #listening;
  readonly #digests = new Map<ScriptName, string>();
  #pendingBytes = 0;
  #isOpen = false;
  #wasDown = false;

  constructor(options: RedisLinkOptions) {
    this.#options = options;
    const client = () =>
      createClient({
        url: options.url,
        disableOfflineQueue: true,
        pingInterval: PING_MS,
        maintNotifications: 'disabled',
        socket: {
          connectTimeout: CONNECT_MS,
          socketTimeout: SILENCE_MS,
          reconnectStrategy: (tries) =>
            Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random() / 2),
        },
      });
    this.#commands = client();
    this.#listening = client();
    for (const [name, one] of Object.entries({ commands: this.#commands, listening: this.#listening })) {
      one.on('error', (error: Error) => {
        if (this.#isOpen && !this.#wasDown) options.log.warn('redis', { to: 'down', name, error });
        this.#wasDown = true;
      });
      one.on('ready', () => {
        this.#back();
      });
    }
  }

  get isReady(): boolean {
    return this.#commands.isReady && this.#listening.isReady;
  }

  /** Connects, once. @throws Error if there is no Redis, or one that does not let us in */
  async open(): Promise<void> {
    // The first connection is tried once: a wrong address is to be said at the start.
    const failed = new Promise<never>((_, reject) => {
      for (const one of [this.#commands, this.#listening]) one.once('error', reject);
    });
    const opened = Promise.all([this.#commands.connect(), this.#listening.connect()]);
    try {
      await Promise.race([opened, failed]);
    } catch (error) {
      opened.catch(() => undefined);
      this.close();
      throw new Error(`no Redis at --redis-url: ${(error as Error).message}`, { cause: error });
    }
    failed.catch(() => undefined);
    await this.#listening.subscribe(this.#options.channel, this.#options.onMessage, true);
    await this.#loadScripts();
    this.#wasDown = false;
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
    for (const one of [this.#commands, this.#listening]) if (one.isOpen) one.destroy();
  }

  /** Runs a script. @throws Error: an `ErrorReply` of Redis', or that it can't be reached */
  async run(name: ScriptName, args: readonly ScriptArgument[]): Promise<ScriptReply> {
    const encoded = ['0', ...args.map(encodedArgument)];
    const bytes = args.reduce<number>((sum, arg) => sum + (typeof arg === 'number' ? 8 : arg.length), 0);
    if (this.#pendingBytes + bytes > MAX_PENDING_BYTES) throw new Error('Redis does not keep up');
    this.#pendingBytes += bytes;
    try {
      return await this.#runScript(name, encoded);
    } finally {
      this.#pendingBytes -= bytes;
    }
  }

  /** @throws Error as `run` */
  command<T = ScriptReply>(args: readonly (string | Buffer)[]): Promise<T> {
    return this.#commands.sendCommand<T>([...args], { typeMapping: BYTES });
  }

  async #runScript(name: ScriptName, encoded: readonly (string | Buffer)[]): Promise<ScriptReply> {
    try {
      return await this.command(['EVALSHA', this.#digests.get(name) ?? '', ...encoded]);
    } catch (error) {
      if (!(error instanceof ErrorReply) || !error.message.startsWith('NOSCRIPT')) throw error;
      return await this.command(['EVAL', SCRIPTS[name], ...encoded]);
    }
  }

  #back(): void {
    if (!this.#isOpen || !this.#wasDown || !this.isReady) return;
    this.#wasDown = false;
    this.#options.log.info('redis', { to: 'up' });
    void this.#loadScripts().catch(() => undefined);
    this.#options.onBack();
  }

  /** A Redis that was restarted has forgotten them; `run` would send the whole text once more for each. */
  async #loadScripts(): Promise<void> {
    for (const [name, script] of Object.entries(SCRIPTS)) {
      const digest = await this.command<Buffer>(['SCRIPT', 'LOAD', script]);
      this.#digests.set(name as ScriptName, digest.toString());
    }
  }
}

function encodedArgument(arg: ScriptArgument): string | Buffer {
  if (typeof arg === 'string') return arg;
  return typeof arg === 'number' ? String(arg) : Buffer.from(arg.buffer, arg.byteOffset, arg.byteLength);
}
