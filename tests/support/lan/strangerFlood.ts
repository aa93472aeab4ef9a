// A crowd of strangers in a process of its own: so many dial a port in the same moment, from many addresses of the
// loopback network, each with one bad habit, and come back whenever they are thrown out. Prints what it did as JSON.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { LAN_SOCKET_PATH } from '../../../src/shared/protocol/lan';
import { OwnIdentity } from '../../../src/backend/trust/OwnIdentity';
import { random } from '../../../src/main/node/random';
import { newIdentity } from './identities';

const [port = 0, count = 0, durationMs = 0] = process.argv.slice(2).map(Number);
const ADDRESSES = 50;
/** Each stranger comes back this long after it was thrown out, in ms. */
const PAUSE_MS = 1_500;
const endMs = performance.now() + durationMs;
const done = { connections: 0, open: 0, mostOpen: 0, hellos: 0, welcomes: 0 };

const UPGRADE =
  `GET ${LAN_SOCKET_PATH} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

/** A right hello, made once: it costs its sender nothing, and whoever answers it several operations with keys. */
const claims = { name: 'flood', platform: 'linux', appVersion: '0.1.0' } as const;
const { hello } = new OwnIdentity(newIdentity(), () => claims, random).dial('a'.repeat(32));

function tcp(localAddress: string): Socket {
  return connect({ port, host: '127.0.0.1', localAddress });
}

function upgraded(localAddress: string, onOpen: (socket: WebSocket) => void): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${LAN_SOCKET_PATH}`, { localAddress });
  socket.on('open', () => {
    onOpen(socket);
  });
  socket.on('message', (data) => {
    if ((data as Buffer).includes('welcome')) done.welcomes += 1;
  });
  return socket;
}

function sayHello(socket: WebSocket): void {
  done.hellos += 1;
  socket.send(hello);
}

/** Says a letter of its headers every second. */
function slow(localAddress: string): Socket {
  const socket = tcp(localAddress);
  let index = 0;
  const timer = setInterval(() => socket.write(UPGRADE.charAt(index++ % UPGRADE.length)), 1_000);
  return socket.once('close', () => {
    clearInterval(timer);
  });
}

const habits: ((localAddress: string) => Socket | WebSocket)[] = [
  tcp,
  slow,
  (from) =>
    tcp(from).once('connect', function (this: Socket) {
      this.write(Buffer.alloc(200_000, 0x5a));
    }),
  (from) =>
    tcp(from).once('connect', function (this: Socket) {
      this.end(UPGRADE);
    }),
  (from) => upgraded(from, () => undefined),
  (from) => upgraded(from, sayHello),
  (from) =>
    upgraded(from, (socket) => {
      for (let n = 0; n < 20; n++) sayHello(socket);
    }),
  (from) =>
    upgraded(from, (socket) => {
      socket.send(Buffer.alloc(1024 * 1024));
    }),
];

async function live(index: number): Promise<void> {
  const habit = habits[index % habits.length];
  const address = `127.0.1.${1 + (index % ADDRESSES)}`;
  while (performance.now() < endMs && habit !== undefined) {
    const socket = habit(address);
    done.connections += 1;
    done.open += 1;
    done.mostOpen = Math.max(done.mostOpen, done.open);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        if ('terminate' in socket) socket.terminate();
        else socket.destroy();
      }, endMs - performance.now());
      socket.on('error', () => undefined);
      socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    done.open -= 1;
    await sleep(PAUSE_MS);
  }
}

await Promise.all([...Array(count).keys()].map(live));
process.stdout.write(`${JSON.stringify(done)}\n`);
process.exit(0);
