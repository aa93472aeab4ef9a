import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import type { WebSocket } from 'ws';
import type { Joined, MailboxMember, Place } from '../../../src/relay/mailboxes/MailboxStore';
import { RelayRefusal } from '../../../src/relay/mailboxes/MailboxStore';
import { MAILBOX_DEFAULTS } from '../../../src/relay/mailboxes/limits';
import { MemoryStore } from '../../../src/relay/mailboxes/MemoryStore';
import { readBusMessage } from '../../../src/relay/redis/busMessage';
import { clientAddress } from '../../../src/relay/server/clientAddress';
import { Member, type MemberContext } from '../../../src/relay/server/Member';
import { readSettings } from '../../../src/relay/settings/readSettings';
import { DEFAULT_SETTINGS } from '../../../src/relay/settings/RelaySettings';
import { byNetwork } from '../../../src/shared/network/countAs';
import { parseJson } from '../../../src/shared/parseJson';
import {
  encodeRelayAck,
  encodeRelayData,
  RelayMessage,
  RelayRequest,
  readRelayFrame,
} from '../../../src/shared/protocol/relay';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedJson, mutatedText } from '../mutate';
import { hex32, id } from './samples';

const limits = { frameBytes: 1_000, waitingFrames: 5, waitingBytes: 5_000, awayMs: 1_000 };
const requests = [
  { type: 'allocate', version: 1, side: id },
  { type: 'claim', version: 1, side: id, nameplate: '4711' },
  { type: 'join', version: 1, side: id, mailbox: hex32, resume: { epoch: id, received: 7 } },
  { type: 'leave' },
  { type: 'ice' },
];
const messages = [
  {
    type: 'joined',
    mailbox: hex32,
    nameplate: null,
    epoch: id,
    received: 3,
    isPeerPresent: true,
    limits,
  },
  { type: 'peer', isPresent: true, epoch: id },
  { type: 'repeat', after: 9 },
  { type: 'ice', servers: [{ urls: ['turn:a:1'], username: '1:a', credential: 'b' }], ttlS: 900 },
  { type: 'draining', withinMs: 10_000 },
];
const frames = [encodeRelayData(1, 1, Uint8Array.of(1, 2, 3)), encodeRelayAck(2 ** 32 - 1, 2 ** 32 - 1)];
const told = [1, 2, 3, 4].flatMap((kind) => [
  Buffer.from([kind, 0, 0, 0, 7, ...Buffer.from(`1${id}`)]),
  Buffer.from([kind, 0, 0, 0, 7, 0, 0, 0, 9]),
]);
const flags = [
  '--port=1',
  '--base-path=/a',
  '--turn-url=turn:a:1',
  '--turn-secret=aaaaaaaaaaaaaaaaaaaa',
  '--public-url=https://a.example/b',
  '--redis-url=redis://a',
  '--trust-proxy=1',
  '--max-frame-bytes=2000',
];

/** What may be done to a mailbox by three sides, and how much. */
const operation = fc.record({
  op: fc.constantFrom('join', 'resume', 'append', 'again', 'skip', 'ack', 'away', 'leave', 'wait'),
  who: fc.nat(2),
  amount: fc.nat(9),
});

/** A member that holds its mailbox to its promises. */
class Held implements MailboxMember {
  readonly countedAs: MailboxMember['countedAs'];
  place: Place | null = null;
  epoch = '';
  came = 0;
  sent = 0;
  peerHas = 0;

  constructor(address: string) {
    this.countedAs = byNetwork(address);
  }

  joined({ epoch, place, received }: Joined, came: number): void {
    if (epoch !== this.epoch) Object.assign(this, { came: 0, peerHas: 0 });
    else this.came = came;
    this.sent = received;
    this.epoch = epoch;
    this.place = place;
    place.start();
  }

  handleFrame(frame: Uint8Array): void {
    const number = readRelayFrame(frame)?.number;
    if (number !== this.came + 1) throw new Error(`${number} after ${this.came}`);
    this.came = number;
  }

  handleAck(number: number): void {
    if (number < this.peerHas || number > this.sent)
      throw new Error(`${number} acknowledged of ${this.sent}`);
    this.peerHas = number;
  }

  handlePeer(_: boolean, epoch: string): void {
    if (epoch !== this.epoch) Object.assign(this, { epoch, came: 0, sent: 0, peerHas: 0 });
  }

  handleRepeat(after: number): void {
    if (after > this.sent) throw new Error(`wants what is after ${after} of ${this.sent}`);
    this.sent = after;
  }

  handleEnd(): void {
    this.place = null;
  }
}

const bounds = {
  ...MAILBOX_DEFAULTS,
  ...limits,
  attempts: 1_000,
  ...{ waitingBytesInAll: 5_000, waitingBytesPerAddress: 3_000 },
};

async function driveMailbox(
  operations: readonly { op: string; who: number; amount: number }[],
): Promise<void> {
  let nowMs = 0;
  const store = new MemoryStore(bounds, () => nowMs);
  const held = ['192.0.2.1', '192.0.2.2', '192.0.2.2'].map((address) => new Held(address));
  for (const { amount, op, who } of operations) {
    const member = held[who]!;
    if (op === 'join' || op === 'resume') {
      const [came, epoch] = [member.came, member.epoch];
      const resume = op === 'resume' && epoch !== '' ? { epoch, received: came } : null;
      try {
        member.joined(await store.join(hex32, String(who).repeat(32), resume, member), came);
      } catch (error) {
        if (!(error instanceof RelayRefusal)) throw error;
      }
    } else if (op === 'append' && member.place !== null) {
      const frame = encodeRelayData(1, member.sent + 1, new Uint8Array(1 + amount * 100));
      member.sent += 1;
      member.place.append(member.sent, frame);
    } else if (op === 'again' || op === 'skip') {
      // A repeat, or what comes after something that was lost.
      const number = op === 'skip' ? member.sent + 2 + amount : Math.max(1, member.sent - amount);
      if (number !== member.sent + 1)
        member.place?.append(number, encodeRelayData(1, number, Uint8Array.of(1)));
    } else if (op === 'ack') member.place?.ack(Math.max(0, member.came - amount));
    else if (op === 'away' || op === 'leave') {
      if (op === 'away') member.place?.moveAway();
      else member.place?.leave();
      member.place = null;
    } else if (op === 'wait') {
      nowMs += amount * 200;
      store.sweep();
    }
    if ((store.counts.waitingBytes ?? 0) < 0) throw new Error('fewer bytes than none');
  }
  for (const { place } of held) place?.leave();
  nowMs += bounds.awayMs + 1;
  store.sweep();
  const { mailboxes, waitingBytes } = store.counts;
  if (mailboxes !== 0 || waitingBytes !== 0) throw new Error(`left ${mailboxes}, ${String(waitingBytes)}`);
}

/** A socket that a member can use, to which anything may come. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  send(): void {
    if (this.readyState !== this.OPEN) throw new Error('sent after the end');
  }
  close(): void {
    this.readyState = 2;
  }
  terminate(): void {
    this.readyState = 3;
  }
}

const ignore = (): void => undefined;
function context(store: MemoryStore): MemberContext {
  return {
    store,
    limits: DEFAULT_SETTINGS.limits,
    mailboxLimits: limits,
    metrics: { countFrame: ignore, countJoin: ignore } as unknown as MemberContext['metrics'],
    mayUseNameplate: () => true,
    ice: () => ({ servers: [], ttlS: 0 }),
    onClosed: ignore,
    onFault: (error) => {
      throw error;
    },
  };
}

/** What reaches a relay: from clients, proxies, its Redis and whoever starts it. */
export const relayTargets = [
  fuzzTarget({
    name: 'requests to a relay',
    inputs: mutatedJson(requests),
    parse: (text) => parseJson(RelayRequest, text),
  }),
  fuzzTarget({
    name: 'messages of a relay',
    inputs: mutatedJson(messages),
    parse: (text) => parseJson(RelayMessage, text),
  }),
  fuzzTarget({
    name: 'frames of a relay',
    inputs: mutatedBytes(frames),
    parse: (bytes) => readRelayFrame(bytes),
  }),
  fuzzTarget({
    name: 'what Redis tells a relay',
    inputs: mutatedBytes(told),
    parse: (bytes) => readBusMessage(Buffer.from(bytes)),
  }),
  fuzzTarget({
    name: 'settings of a relay',
    weight: 0.2,
    inputs: fc.tuple(
      fc.array(mutatedText(flags), { maxLength: 5 }),
      fc.dictionary(
        fc.constantFrom('HITHER_RELAY_PORT', 'HITHER_RELAY_TURN_URL', 'HITHER_RELAY_'),
        fc.string(),
      ),
    ),
    parse: ([args, env]) => readSettings(args, env, () => 'a file'),
  }),
  fuzzTarget({
    name: 'X-Forwarded-For',
    inputs: fc.tuple(fc.nat(4), mutatedText(['192.0.2.1, [2001:db8::1]:443, ::ffff:10.0.0.1'])),
    parse: ([proxies, header]) => {
      const request = { headers: { 'x-forwarded-for': header }, socket: { remoteAddress: '10.0.0.1' } };
      return clientAddress(request as unknown as Parameters<typeof clientAddress>[0], proxies);
    },
  }),
  fuzzTarget({
    name: 'a mailbox',
    weight: 0.2,
    inputs: fc.array(operation, { maxLength: 40 }),
    parse: driveMailbox,
  }),
  fuzzTarget({
    name: 'a member of a relay',
    weight: 0.2,
    inputs: fc.array(
      fc.oneof(
        mutatedJson(requests),
        mutatedBytes(frames),
        fc.constantFrom(...requests.map((one) => JSON.stringify(one))),
      ),
      { maxLength: 6 },
    ),
    parse: async (inputs) => {
      const socket = new FakeSocket();
      const store = new MemoryStore(bounds);
      const member = new Member(
        socket as unknown as WebSocket,
        { address: '192.0.2.1', countedAs: byNetwork('192.0.2.1'), cameTo: '192.0.2.2' },
        context(store),
      );
      for (const input of inputs) {
        socket.emit('message', Buffer.from(input as string), typeof input !== 'string');
        await Promise.resolve();
        await Promise.resolve();
      }
      member.end('draining');
      socket.emit('close');
      await store.close();
    },
  }),
];
