import { expect, it } from 'vitest';
import { encodeRelayData, epochTag } from '../../../src/shared/protocol/relay';
import { afterwards } from '../lan/opened';
import { type JoinedMessage, randomHex, RelayClient, type RelayClientOptions } from './RelayClient';
import type { Changes, StartedRelay } from './startRelay';

/** Two relays that share their mailboxes; the same one twice where there is only one. */
export type Relays = readonly [StartedRelay, StartedRelay];

export const client = (options?: RelayClientOptions): RelayClient => {
  const made = new RelayClient(options);
  afterwards(() => made.drop().catch(() => undefined));
  return made;
};

/** Two members of a new mailbox, one at each relay. */
export async function pair(
  [first, second]: Relays,
  options: RelayClientOptions = {},
): Promise<{ a: RelayClient; b: RelayClient; mailbox: string }> {
  const [a, b] = [client(options), client(options)];
  const mailbox = randomHex(32);
  await a.open(first.url, { type: 'join', mailbox });
  await b.open(second.url, { type: 'join', mailbox });
  await expect.poll(() => a.isPeerPresent).toBe(true);
  return { a, b, mailbox };
}

/** The reason a relay closes with. */
export async function refusal(opening: Promise<JoinedMessage>): Promise<string> {
  return opening.then(
    () => 'joined',
    (error: unknown) => (error as Error).message,
  );
}

/** The rules of mailboxes, which hold wherever they are kept. @param start makes the relays, with some settings changed */
export function describeMailboxRules(start: (changes?: Changes) => Promise<Relays>): void {
  it('a nameplate leads to a mailbox, once, and is free when both are there', async () => {
    const [first, second] = await start();
    const [a, b, c] = [client(), client(), client()];
    const { mailbox, nameplate } = await a.open(first.url, { type: 'allocate' });
    expect(nameplate).toMatch(/^[1-9]\d{1,6}$/);
    expect(mailbox).toMatch(/^[0-9a-f]{64}$/);
    const claimed = await b.open(second.url, { type: 'claim', nameplate: nameplate! });
    expect(claimed).toMatchObject({ mailbox, isPeerPresent: true });
    await expect.poll(() => a.isPeerPresent).toBe(true);
    expect(await refusal(c.open(first.url, { type: 'claim', nameplate: nameplate! }))).toBe('gone');
  });

  it('passes frames both ways, whole and in order', async () => {
    const relays = await start();
    const { a, b } = await pair(relays);
    const sent = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(index * 7)}`);
    for (const text of sent) {
      a.send(text);
      b.send(`back ${text}`);
    }
    await expect.poll(() => [b.received.length, a.received.length]).toEqual([100, 100]);
    expect(b.received).toEqual(sent);
    expect(a.received).toEqual(sent.map((text) => `back ${text}`));
    await expect.poll(() => [a.waiting, b.waiting]).toEqual([0, 0]);
  });

  it('refuses a third, who learns nothing and disturbs nobody', async () => {
    const relays = await start();
    const { a, b, mailbox } = await pair(relays);
    const c = client();
    expect(await refusal(c.open(relays[1].url, { type: 'join', mailbox }))).toBe('crowded');
    expect(c.messages).toEqual([]);
    a.send('still here');
    await expect.poll(() => b.received).toEqual(['still here']);
  });

  it('lets in no more new sides than it has attempts for', async () => {
    const relays = await start({ mailboxes: { attempts: 3 } });
    const { mailbox } = await pair(relays);
    const tried: string[] = [];
    for (let n = 0; n < 4; n++)
      tried.push(await refusal(client().open(relays[n % 2]!.url, { type: 'join', mailbox })));
    // The second member was the first attempt.
    expect(tried).toEqual(['crowded', 'crowded', 'too-many-attempts', 'too-many-attempts']);
  });

  it('keeps what is sent to a member that is away, and gives it what it has not acknowledged', async () => {
    const relays = await start();
    const { a, b } = await pair(relays);
    a.send('one');
    await expect.poll(() => b.received).toEqual(['one']);
    await b.drop();
    await expect.poll(() => a.isPeerPresent).toBe(false);
    a.send('two');
    a.send('three');
    await expect.poll(() => a.waiting).toBe(2);
    // The sender may go as well.
    await a.drop();
    const { received } = await b.resume(relays[0].url);
    expect(received).toBe(0);
    await expect.poll(() => b.received).toEqual(['one', 'two', 'three']);
    expect(b.repeats).toBe(0);
    expect((await a.resume(relays[1].url)).received).toBe(3);
    await expect.poll(() => a.waiting).toBe(0);
  });

  it('gives a member that lost what was on its way the rest again', async () => {
    const relays = await start();
    const { a, b } = await pair(relays, { acknowledges: false });
    for (const text of ['one', 'two', 'three']) a.send(text);
    await expect.poll(() => b.received).toEqual(['one', 'two', 'three']);
    b.ack(1);
    await expect.poll(() => a.waiting).toBe(2);
    await b.drop();
    b.forgetAfter(1);
    await b.resume(relays[1].url);
    await expect.poll(() => b.received).toEqual(['one', 'two', 'three']);
  });

  it('drops what was sent before, and asks for what is missing', async () => {
    const relays = await start();
    const { a, b } = await pair(relays);
    a.send('one');
    a.sendRaw(1, 'one again');
    a.sendRaw(3, 'not yet');
    a.sendRaw(4, 'nor this');
    await expect.poll(() => a.messages).toContainEqual({ type: 'repeat', after: 1 });
    a.send('two');
    await expect.poll(() => b.received).toEqual(['one', 'two']);
    expect(a.messages.filter(({ type }) => type === 'repeat')).toHaveLength(1);
  });

  it('begins anew for both when a side comes back without what it had', async () => {
    const relays = await start();
    const { a, b, mailbox } = await pair(relays);
    a.send('old');
    await expect.poll(() => b.received).toEqual(['old']);
    const before = b.joined?.epoch;
    const again = client({ side: a.side });
    const { epoch, received } = await again.open(relays[1].url, { type: 'join', mailbox });
    expect(epoch).not.toBe(before);
    expect(received).toBe(0);
    await expect.poll(() => a.closedWith).toBe('replaced');
    await expect.poll(() => b.messages).toContainEqual({ type: 'peer', isPresent: true, epoch });
    // What was on its way when the new epoch began has a number that is good in both.
    b.socket.send(encodeRelayData(epochTag(before!), 1, Buffer.from('late')));
    again.send('new');
    b.send('back');
    await expect.poll(() => b.received).toEqual(['old', 'new']);
    await expect.poll(() => again.received).toEqual(['back']);
  });

  it('closes a member that sends more than may wait, and keeps what it took', async () => {
    const relays = await start({ mailboxes: { waitingFrames: 3 } });
    const { a, b } = await pair(relays);
    await b.drop();
    await expect.poll(() => a.isPeerPresent).toBe(false);
    for (let n = 1; n <= 4; n++) a.send(String(n));
    await expect.poll(() => a.closedWith).toBe('full');
    await b.resume(relays[1].url);
    await expect.poll(() => b.received).toEqual(['1', '2', '3']);
    await a.resume(relays[0].url);
    await expect.poll(() => b.received).toEqual(['1', '2', '3', '4']);
  });

  it('a member that leaves is gone at once, and what it said last arrives', async () => {
    const relays = await start();
    const { a, b, mailbox } = await pair(relays);
    await b.drop();
    await expect.poll(() => a.isPeerPresent).toBe(false);
    a.send('bye');
    a.leave();
    await expect.poll(() => a.closedWith).toBe('1000');
    await b.resume(relays[1].url);
    await expect.poll(() => b.received).toEqual(['bye']);
    expect(b.isPeerPresent).toBe(false);
    // Its place is free for somebody else, who begins anew.
    const c = client();
    await c.open(relays[0].url, { type: 'join', mailbox });
    c.send('hello');
    await expect.poll(() => b.received).toEqual(['bye', 'hello']);
  });

  it('closes a member that acknowledges what was never sent', async () => {
    const relays = await start();
    const { a, b } = await pair(relays);
    b.ack(7);
    await expect.poll(() => b.closedWith).toBe('protocol-violation');
    expect(a.closedWith).toBeNull();
  });

  it('frees the place of a side that stays away, and the one who waits begins anew', async () => {
    const relays = await start({ mailboxes: { awayMs: 400 } });
    const { a, b, mailbox } = await pair(relays);
    a.send('one');
    await expect.poll(() => b.received).toEqual(['one']);
    await b.drop();
    await expect.poll(() => new Set(a.messages.map((m) => ('epoch' in m ? m.epoch : ''))).size).toBe(2);
    const c = client();
    expect((await c.open(relays[1].url, { type: 'join', mailbox })).isPeerPresent).toBe(true);
    expect(await refusal(b.resume(relays[1].url))).toBe('crowded');
    c.send('new');
    await expect.poll(() => a.received).toEqual(['new']);
  });

  it('ends a mailbox whose nameplate nobody came by', async () => {
    const relays = await start({ mailboxes: { nameplateMs: 300 } });
    const a = client();
    const { nameplate } = await a.open(relays[0].url, { type: 'allocate' });
    await expect.poll(() => a.closedWith).toBe('expired');
    const b = client();
    expect(await refusal(b.open(relays[1].url, { type: 'claim', nameplate: nameplate! }))).toBe('gone');
  });
}
