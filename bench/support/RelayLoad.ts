import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import {
  encodeRelayAck,
  encodeRelayData,
  epochTag,
  RELAY_HEADER_BYTES,
  RELAY_VERSION,
  readRelayFrame,
  type RelayMessage,
} from '../../src/shared/protocol/relay';

/** Sockets opened at a time. */
const AT_A_TIME = 50;
/** How often a member acknowledges what it has, in ms: a session does no more often either. */
const ACK_EVERY_MS = 50;
/** A sealed message of a session, such as a text or a signal: 1 KiB, with the time in front that it was sent. */
const PAYLOAD_BYTES = 1024;
const TICK_MS = 10;
/** After this long a frame counts as lost, in ms. */
const LATEST_MS = 5_000;

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
let nextAddress = 1;

/** Each client comes from an address of its own, as behind a proxy: a relay that is not made lax is measured. */
async function connect(url: string): Promise<WebSocket> {
  const number = nextAddress++;
  const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  const headers = { 'x-forwarded-for': address };
  const socket = new WebSocket(url, { perMessageDeflate: false, headers });
  await once(socket, 'open');
  socket.on('error', () => undefined);
  socket.once('close', (code, reason) => {
    if (code !== 1006 && code !== 1000) throw new Error(`the server closed: ${code} ${reason.toString()}`);
  });
  return socket;
}

async function join(url: string, mailbox: string): Promise<{ socket: WebSocket; tag: number }> {
  const socket = await connect(url);
  socket.send(JSON.stringify({ type: 'join', version: RELAY_VERSION, side: hex(16), mailbox }));
  const [data] = (await once(socket, 'message')) as [Buffer];
  const message = JSON.parse(data.toString()) as RelayMessage;
  if (message.type !== 'joined') throw new Error(data.toString());
  return { socket, tag: epochTag(message.epoch) };
}

/** One direction that is measured: sends frames, and learns when each arrives. */
interface Flow {
  send(): void;
}

/** Members of a relay, or clients of a bare echo: some idle, some that send. */
export class RelayLoad {
  readonly #sockets: WebSocket[] = [];
  readonly #flows: Flow[] = [];
  #timesMs: number[] = [];
  readonly #acking: NodeJS.Timeout[] = [];

  /** @param urls of the servers; neighbours go to different ones @param isRelay whether they are relays */
  async openIdle(urls: readonly string[], isRelay: boolean, count: number): Promise<void> {
    for (let opened = 0; opened < count; opened += AT_A_TIME)
      await Promise.all(
        Array.from({ length: Math.min(AT_A_TIME, count - opened) }, async (_, index) => {
          const url = urls[index % urls.length]!;
          this.#sockets.push(isRelay ? (await join(url, hex(32))).socket : await connect(url));
        }),
      );
  }

  /** Two members of one mailbox, each on another server, one of which sends. */
  async openPair(urls: readonly string[]): Promise<void> {
    const mailbox = hex(32);
    const sender = await join(urls[0]!, mailbox);
    const receiver = await join(urls.at(-1)!, mailbox);
    this.#sockets.push(sender.socket, receiver.socket);
    let number = 0;
    let [came, acked] = [0, 0];
    receiver.socket.on('message', (data, isBinary) => {
      if (!isBinary) return;
      const frame = data as Buffer;
      came = readRelayFrame(frame)?.number ?? came;
      this.#timesMs.push(performance.now() - frame.readDoubleBE(RELAY_HEADER_BYTES));
    });
    this.#acking.push(
      setInterval(() => {
        if (came > acked) receiver.socket.send(encodeRelayAck(receiver.tag, came));
        acked = came;
      }, ACK_EVERY_MS),
    );
    this.#flows.push({
      send: () => {
        const payload = Buffer.alloc(PAYLOAD_BYTES);
        payload.writeDoubleBE(performance.now(), 0);
        sender.socket.send(encodeRelayData(sender.tag, ++number, payload));
      },
    });
  }

  /** A client of the bare echo that sends. */
  async openEcho(url: string): Promise<void> {
    const socket = await connect(url);
    this.#sockets.push(socket);
    socket.on('message', (data) => {
      this.#timesMs.push(performance.now() - (data as Buffer).readDoubleBE(RELAY_HEADER_BYTES));
    });
    this.#flows.push({
      send: () => {
        const payload = Buffer.alloc(RELAY_HEADER_BYTES + PAYLOAD_BYTES);
        payload.writeDoubleBE(performance.now(), RELAY_HEADER_BYTES);
        socket.send(payload);
      },
    });
  }

  /** Sends so many frames a second over all flows in turns. @returns the times of those that arrived, in ms, sorted */
  async run(framesPerSecond: number, seconds: number): Promise<number[]> {
    this.#timesMs = [];
    const began = performance.now();
    let sent = 0;
    while (performance.now() - began < seconds * 1000) {
      const due = Math.floor(((performance.now() - began) / 1000) * framesPerSecond);
      for (; sent < due; sent++) this.#flows[sent % this.#flows.length]!.send();
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    for (let waitedMs = 0; waitedMs < LATEST_MS && this.#timesMs.length < sent; waitedMs += TICK_MS)
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    if (this.#timesMs.length !== sent) throw new Error(`${sent - this.#timesMs.length} of ${sent} were lost`);
    return this.#timesMs.sort((a, b) => a - b);
  }

  async close(): Promise<void> {
    for (const timer of this.#acking) clearInterval(timer);
    await Promise.all(
      this.#sockets.map(async (socket) => {
        socket.terminate();
        if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
      }),
    );
  }
}
