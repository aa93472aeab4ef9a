import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { client, describeMailboxRules, pair, type Relays } from '../support/relay/mailboxRules';
import { randomHex } from '../support/relay/RelayClient';
import { redisProgram, RedisServer } from '../support/relay/RedisServer';
import { type Changes, startRelay } from '../support/relay/startRelay';

if (redisProgram === null) console.warn('No redis-server here: relays that share mailboxes are not tested.');

describe.skipIf(redisProgram === null)('mailboxes that two relays share', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(async () => {
    await redis.close();
  });

  async function start(changes: Changes = {}): Promise<Relays> {
    const shared = { redis: { url: redis.url, prefix: `test-${randomHex(4)}:` }, ...changes };
    return [await startRelay(shared), await startRelay(shared)];
  }

  describeMailboxRules(start);

  it('keep a restart of Redis that forgets everything: no frame is lost, none comes twice', async () => {
    const relays = await start();
    const { a, b } = await pair(relays);
    const waiting = client();
    const { mailbox, nameplate } = await waiting.open(relays[0].url, { type: 'allocate' });
    a.send('before');
    await expect.poll(() => b.received).toEqual(['before']);
    await redis.down();
    a.send('while it is down');
    b.send('back while it is down');
    expect((await fetch(`${relays[0].http}/healthz`)).status).toBe(200);
    await expect.poll(async () => (await fetch(`${relays[0].http}/readyz`)).status).toBe(503);
    await expect(client().open(relays[0].url, { type: 'join', mailbox })).rejects.toThrow('unavailable');
    await redis.up();
    await expect.poll(() => b.received).toEqual(['before', 'while it is down']);
    await expect.poll(() => a.received).toEqual(['back while it is down']);
    a.send('after');
    await expect.poll(() => b.received).toEqual(['before', 'while it is down', 'after']);
    await expect.poll(() => [a.waiting, b.waiting]).toEqual([0, 0]);
    expect([a.closedWith, b.closedWith]).toEqual([null, null]);
    const claimed = await client().open(relays[1].url, { type: 'claim', nameplate: nameplate! });
    expect(claimed.mailbox).toBe(mailbox);
  });

  it('hold no more of one address than may wait, until they are gone, while others have their room', async () => {
    const relays = await start({
      trustedProxies: 1,
      limits: { frameBytes: 16_000 },
      mailboxes: { waitingBytes: 20_000, waitingBytesPerAddress: 40_000, awayMs: 600 },
    });
    const from = (address: string) => client({ headers: { 'x-forwarded-for': address } });
    const leave = async (address: string): Promise<string | null> => {
      const one = from(address);
      await one.open(relays[0].url, { type: 'join', mailbox: randomHex(32) });
      one.send(Buffer.alloc(15_000));
      one.say({ type: 'ice' });
      await expect.poll(() => one.closedWith ?? one.messages.at(-1)?.type).not.toBe('joined');
      const { closedWith } = one;
      // Who goes away takes nothing along.
      await one.drop();
      return closedWith;
    };
    expect(await leave('192.0.2.1')).toBeNull();
    expect(await leave('192.0.2.1')).toBeNull();
    expect(await leave('192.0.2.1')).toBe('full');
    expect(await leave('192.0.2.2')).toBeNull();
    await expect.poll(() => leave('192.0.2.1'), { timeout: 5_000, interval: 300 }).toBeNull();

    // What is acknowledged waits no longer, also after a socket that broke.
    const [a, b, mailbox] = [from('192.0.2.3'), from('192.0.2.4'), randomHex(32)];
    await a.open(relays[0].url, { type: 'join', mailbox });
    await b.open(relays[1].url, { type: 'join', mailbox });
    for (let n = 0; n < 10; n++) {
      a.send(Buffer.alloc(15_000));
      await expect.poll(() => [b.received.length, a.waiting]).toEqual([n + 1, 0]);
      if (n % 3 === 0) await a.drop();
      if (n % 3 === 0) await a.resume(relays[0].url);
    }
    expect(a.closedWith).toBeNull();
  });

  it('leave nothing behind', async () => {
    const prefix = `gone-${randomHex(4)}:`;
    const relays = await start({
      redis: { url: redis.url, prefix },
      mailboxes: { awayMs: 300, nameplateMs: 300 },
    });
    const { a, b } = await pair(relays);
    await client().open(relays[0].url, { type: 'allocate' });
    await b.drop();
    a.send('nobody reads this');
    await expect.poll(() => a.waiting).toBe(0);
    await a.drop();
    const left = async () => (await redis.keys()).filter((key) => key.startsWith(prefix));
    const lives = new RegExp(`^${prefix}p:`);
    await expect.poll(async () => (await left()).every((key) => lives.test(key))).toBe(true);
    expect((await left()).length).toBe(2);
    await Promise.all(relays.map(({ relay }) => relay.close()));
    expect(await left()).toEqual([]);
  });

  it('refuse a Redis that is not there, in words', async () => {
    await expect(startRelay({ redis: { url: 'redis://127.0.0.1:1', prefix: 'x:' } })).rejects.toThrow(
      'no Redis at --redis-url',
    );
  });
});
