import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleProcess } from '../support/bundleProcess';
import { afterwards } from '../support/lan/opened';
import { randomHex, RelayClient } from '../support/relay/RelayClient';
import { RelayProcess } from '../support/relay/RelayProcess';
import { client, pair } from '../support/relay/mailboxRules';
import { redisProgram, RedisServer } from '../support/relay/RedisServer';
import { startRelay } from '../support/relay/startRelay';

const PAIRS = 20;
const SEND_EVERY_MS = 20;

if (redisProgram === null) console.warn('No redis-server here: relays of several processes are not tested.');

/** A client that comes back by itself, to whichever relay answers. */
class Persistent extends RelayClient {
  readonly #urls: () => string[];
  #isWanted = true;
  comebacks = 0;

  constructor(urls: () => string[]) {
    super();
    this.#urls = urls;
  }

  async keepUp(): Promise<void> {
    while (this.#isWanted) {
      await sleep(20 + Math.random() * 60);
      if (this.closedWith === null) continue;
      const urls = this.#urls();
      const came = await this.resume(urls[Math.floor(Math.random() * urls.length)]!).catch(() => null);
      if (came !== null) this.comebacks += 1;
    }
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    await this.drop();
  }
}

describe.skipIf(redisProgram === null)('relays whose Redis hangs', { timeout: 60_000 }, () => {
  it('say so, let members wait, and lose nothing', async () => {
    const redis = await RedisServer.start();
    afterwards(() => redis.close());
    const shared = { redis: { url: redis.url, prefix: 'hang:' } };
    const relays = [await startRelay(shared), await startRelay(shared)] as const;
    const { a, b } = await pair(relays);
    a.send('before');
    await expect.poll(() => b.received).toEqual(['before']);
    redis.freeze();
    const sent = Array.from({ length: 20 }, (_, index) => `frozen ${index}`);
    for (const text of sent) a.send(text);
    await expect
      .poll(async () => (await fetch(`${relays[0].http}/readyz`)).status, { timeout: 12_000 })
      .toBe(503);
    a.send('while it is given up');
    redis.thaw();
    const wanted = ['before', ...sent, 'while it is given up'];
    await expect.poll(() => b.received).toEqual(wanted);
    await expect.poll(() => a.waiting).toBe(0);
    expect([a.closedWith, b.closedWith]).toEqual([null, null]);
  });
});

describe.skipIf(redisProgram === null)('two relay processes and a Redis', { timeout: 60_000 }, () => {
  let dir: string;
  let script: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-relay-'));
    script = await bundleProcess(join(import.meta.dirname, '../../src/relay/index.ts'), dir);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('leave no ghosts of one that was killed, and nothing at all once everybody is gone', async () => {
    const redis = await RedisServer.start();
    afterwards(() => redis.close());
    const start = () => RelayProcess.start(script, ['--redis-url', redis.url, '--away-seconds', '1']);
    const [left, killed] = [await start(), await start()];
    for (const relay of [left, killed]) afterwards(() => relay.end('SIGKILL'));
    const [a, b, c, mailbox] = [client(), client(), client(), randomHex(32)];
    await a.open(left.url, { type: 'join', mailbox });
    await b.open(killed.url, { type: 'join', mailbox });
    await expect.poll(() => a.isPeerPresent).toBe(true);
    await killed.end('SIGKILL');
    // Its name in Redis runs out in six seconds.
    await expect.poll(() => a.isPeerPresent, { timeout: 10_000 }).toBe(false);
    await expect
      .poll(() => c.open(left.url, { type: 'join', mailbox }).then(() => 'in', String), { interval: 200 })
      .toBe('in');
    c.send('hello');
    await expect.poll(() => a.received).toEqual(['hello']);
    for (const one of [a, c]) await one.drop();
    await expect.poll(() => redis.keys(), { timeout: 10_000 }).toEqual([expect.stringContaining(':p:')]);
  });

  it('pass every frame once and in order while one is killed, Redis restarts and one drains', async () => {
    const redis = await RedisServer.start();
    afterwards(() => redis.close());
    const start = async (): Promise<RelayProcess> => {
      const relay = await RelayProcess.start(script, ['--redis-url', redis.url, '--drain-seconds', '2']);
      afterwards(() => relay.end('SIGKILL'));
      return relay;
    };
    let relays = [await start(), await start()];
    const urls = (): string[] => relays.map(({ url }) => url);
    const pairs = await Promise.all(
      Array.from({ length: PAIRS }, async () => {
        const [a, b] = [new Persistent(urls), new Persistent(urls)];
        const mailbox = randomHex(32);
        await a.open(urls()[0]!, { type: 'join', mailbox });
        await b.open(urls()[1]!, { type: 'join', mailbox });
        for (const one of [a, b]) {
          void one.keepUp();
          afterwards(() => one.stop());
        }
        return { a, b };
      }),
    );
    let sent = 0;
    const sending = setInterval(() => {
      sent += 1;
      for (const { a, b } of pairs) {
        a.send(`a ${sent}`);
        b.send(`b ${sent}`);
      }
    }, SEND_EVERY_MS);
    const settles = async (withinMs: number): Promise<void> => {
      await expect
        .poll(
          () => pairs.every(({ a, b }) => a.isPeerPresent && b.isPeerPresent && a.waiting + b.waiting < 20),
          {
            timeout: withinMs,
          },
        )
        .toBe(true);
    };
    await settles(2_000);

    await sleep(500);
    const [killed, left] = relays as [RelayProcess, RelayProcess];
    relays = [left];
    await killed.end('SIGKILL');
    await sleep(100);
    await settles(3_000);

    await redis.down();
    await sleep(500);
    await redis.up();
    await sleep(100);
    await settles(5_000);

    const fresh = await start();
    relays = [fresh];
    const code = await left.end('SIGTERM');
    expect(code).toBe(0);
    await settles(5_000);

    clearInterval(sending);
    const wanted = (name: string): string[] =>
      Array.from({ length: sent }, (_, index) => `${name} ${index + 1}`);
    await expect
      .poll(() => pairs.every(({ a, b }) => a.received.length >= sent && b.received.length >= sent))
      .toBe(true);
    for (const { a, b } of pairs) {
      expect(b.received).toEqual(wanted('a'));
      expect(a.received).toEqual(wanted('b'));
    }
    console.log(
      `${sent} frames each way in ${PAIRS} mailboxes, ${pairs.reduce((sum, { a, b }) => sum + a.comebacks + b.comebacks, 0)} comebacks`,
    );
  });
});
