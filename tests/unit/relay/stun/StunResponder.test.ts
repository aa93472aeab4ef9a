import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StunResponder } from '../../../../src/relay/stun/StunResponder';
import { REQUESTED_UDP, StunType } from '../../../../src/shared/stun/attributes';
import { addressOf, encodeStun, readStun, StunMethod } from '../../../../src/shared/stun/message';

/** An answer over loopback takes less; what did not come by then does not come, in ms. */
const ANSWER_MS = 200;

const hasV6 = Object.values(networkInterfaces()).some((at) => at?.some(({ address }) => address === '::1'));

let responder: StunResponder;
let client: Socket;
let port: number;
let answers: Buffer[];

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

beforeEach(async () => {
  responder = new StunResponder();
  port = await responder.listen(0);
  client = await bound();
  answers = [];
  client.on('message', (bytes) => answers.push(bytes));
});
afterEach(() => {
  responder.close();
  client.close();
});

const { allocate, binding } = StunMethod;
const question = (change: Partial<Parameters<typeof encodeStun>[0]> = {}): Uint8Array =>
  encodeStun({ method: binding, kind: 'request', transaction: randomBytes(12), attributes: [], ...change });
const ask = (bytes: Uint8Array): void => client.send(bytes, port, '127.0.0.1');
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ANSWER_MS));

describe('the STUN of a relay in the app', () => {
  it('tells who asks where they are seen', async () => {
    const transaction = randomBytes(12);
    ask(question({ transaction }));
    const answer = await vi.waitUntil(() => answers[0], { interval: 5 });
    const message = readStun(answer);
    expect(message).toMatchObject({ method: binding, kind: 'success' });
    expect(Buffer.from(message!.transaction)).toEqual(transaction);
    expect(addressOf(message!, StunType.xorMappedAddress)).toEqual({
      host: '127.0.0.1',
      port: client.address().port,
    });
  });

  it('has no answer to anything else', async () => {
    for (const bytes of [
      randomBytes(60),
      Buffer.alloc(0),
      question({ kind: 'indication' }),
      question({ kind: 'success' }),
      question({ method: allocate, attributes: [REQUESTED_UDP] }),
      question().subarray(0, 20),
    ])
      ask(bytes);
    await settle();
    expect(answers).toEqual([]);
    ask(question());
    await vi.waitUntil(() => answers.length === 1, { interval: 5 });
  });

  it('sends an address no more than it can use, and little for each question', async () => {
    const asked = question();
    const startedMs = performance.now();
    for (let sent = 0; sent < 400; sent += 1) {
      ask(asked);
      // The system drops what comes faster than it is read.
      if (sent % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await vi.waitUntil(() => answers.length >= 200, { interval: 5 });
    await settle();
    // What comes at once, and then twenty a second.
    const seconds = (performance.now() - startedMs) / 1000;
    expect(answers.length).toBeLessThanOrEqual(200 + Math.ceil(20 * seconds));
    for (const answer of answers) expect(answer.length).toBeLessThanOrEqual(2 * asked.length);
  });

  it.runIf(hasV6)('answers the shortest question over IPv6 with less than three times as much', async () => {
    const v6 = createSocket('udp6');
    // As browsers ask: a header, and no attribute.
    const asked = Buffer.from(question().subarray(0, 20)).fill(0, 2, 4);
    v6.send(asked, port, '::1');
    const [answer] = (await once(v6, 'message')) as [Buffer];
    expect(addressOf(readStun(answer)!, StunType.xorMappedAddress)?.host).toBe('::1');
    expect(answer.length).toBeLessThan(3 * asked.length);
    v6.close();
  });

  it('goes to another port where its own is taken, and lets go of it when it ends', async () => {
    const second = new StunResponder();
    const other = await second.listen(port);
    expect(other).not.toBe(port);
    // Of both families still, where this machine has both.
    if (hasV6) {
      const v6 = createSocket('udp6');
      v6.send(question(), other, '::1');
      const [answer] = (await once(v6, 'message')) as [Buffer];
      expect(addressOf(readStun(answer)!, StunType.xorMappedAddress)?.host).toBe('::1');
      v6.close();
    }
    second.close();
    responder.close();
    await vi.waitUntil(async () => {
      const again = new StunResponder();
      const got = await again.listen(port);
      again.close();
      return got === port;
    });
  });
});
