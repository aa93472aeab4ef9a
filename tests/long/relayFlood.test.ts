import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { bundleProcess } from '../support/bundleProcess';
import { afterwards } from '../support/lan/opened';
import { client } from '../support/relay/mailboxRules';
import { randomHex } from '../support/relay/RelayClient';
import { RelayProcess } from '../support/relay/RelayProcess';

const MAILBOXES = 10_000;
const AT_A_TIME = 100;
/** What a frame of somebody else may take meanwhile, in ms: two cores run both the attack and what it attacks. */
const MAX_DELAY_MS = 1_000;

/** One hostile socket: opens a mailbox, leaves frames in it, and is gone without a word. */
async function attack(url: string): Promise<string> {
  // Another address than the others have: theirs would be the one that is held up.
  const socket = new WebSocket(url, { localAddress: '127.0.0.2', perMessageDeflate: false });
  socket.on('error', () => undefined);
  const end = await Promise.race([
    once(socket, 'open').then(() => 'open'),
    once(socket, 'unexpected-response').then(() => 'refused'),
    once(socket, 'close').then(() => 'refused'),
  ]).catch(() => 'refused');
  if (end === 'open') {
    socket.send(JSON.stringify({ type: 'join', version: 1, side: randomHex(16), mailbox: randomHex(32) }));
    await Promise.race([once(socket, 'message'), once(socket, 'close')]);
  }
  socket.terminate();
  return end;
}

describe('one address that opens ten thousand mailboxes', { timeout: 120_000 }, () => {
  let dir: string;
  let relay: RelayProcess;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-relay-'));
    const script = await bundleProcess(join(import.meta.dirname, '../../src/relay/index.ts'), dir);
    relay = await RelayProcess.start(script, []);
  });
  afterAll(async () => {
    await relay.end('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });

  it('is refused most of them, and others do not notice', async () => {
    const [a, b, mailbox] = [client(), client(), randomHex(32)];
    await a.open(relay.url, { type: 'join', mailbox });
    await b.open(relay.url, { type: 'join', mailbox });
    const delaysMs: number[] = [];
    b.socket.on('message', (_, isBinary) => {
      if (isBinary) delaysMs.push(performance.now() - Number(b.received.at(-1)));
    });
    let sent = 0;
    const sending = setInterval(() => {
      sent += 1;
      a.send(String(performance.now()));
    }, 50);
    afterwards(() => clearInterval(sending));
    const ends: string[] = [];
    for (let begun = 0; begun < MAILBOXES; begun += AT_A_TIME)
      ends.push(...(await Promise.all(Array.from({ length: AT_A_TIME }, () => attack(relay.url)))));
    clearInterval(sending);
    await expect.poll(() => b.received.length).toBe(sent);
    const opened = ends.filter((end) => end === 'open').length;
    console.log(
      `${opened} opened, ${ends.length - opened} refused, longest delay ${Math.max(...delaysMs).toFixed(0)} ms of ${sent}`,
    );
    expect(opened).toBeLessThan(MAILBOXES / 10);
    expect(Math.max(...delaysMs)).toBeLessThan(MAX_DELAY_MS);
    expect([a.closedWith, b.closedWith]).toEqual([null, null]);
    const c = client();
    await c.open(relay.url, { type: 'join', mailbox: randomHex(32) });
  });
});
