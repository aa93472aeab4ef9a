import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { HitherError, type ErrorCode } from '../../shared/errors';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import type { EndReason } from '../../shared/signaling/endReason';
import { LAN_SOCKET_PATH, type LanHello, LanServerFirst } from '../../shared/signaling/lan';
import { connectFirst } from './connectFirst';
import { bareAddress, formatLanAddress, type LanAddress } from './lanAddress';
import { LanSocket } from './LanSocket';
import { parseMessage } from './parseMessage';
import type { LanLimits } from './timings';

/** System errors that mean that nothing is there. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'ECONNRESET',
  'EINVAL',
]);

type Welcome = Extract<LanServerFirst, { type: 'welcome' }>;

export interface DialOptions {
  /** Where the other side may be, best first. */
  addresses: readonly LanAddress[];
  hello: LanHello;
  /** The device that is meant; `null` where an address was typed. */
  deviceId: string | null;
  limits: LanLimits;
  timeoutMs: number;
  /** Aborting means that the person changed their mind: the dial ends as `cancelled`. */
  signal: AbortSignal;
}

export interface Dialed {
  sessionId: string;
  socket: LanSocket;
  welcome: Welcome;
  address: LanAddress;
}

/** The listener said no. */
export class RefusedError extends HitherError {
  readonly reason: EndReason;

  constructor(reason: EndReason, facts: Record<string, string | number>) {
    super(codeOf(reason), facts);
    this.name = 'RefusedError';
    this.reason = reason;
  }
}

/**
 * Says hello to a listener. An address where something else answers makes way for the next one.
 * @throws HitherError `unreachable`, `timed-out`, `not-hither`, `incompatible-version`, `cancelled` or what the
 * listener refused with (then a RefusedError); the system's error is its cause
 */
export async function dial(options: DialOptions): Promise<Dialed> {
  const { timeoutMs, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const both = AbortSignal.any([signal, timeout]);
  const addresses = [...options.addresses];
  for (;;) {
    const names = addresses.map(formatLanAddress).join(', ');
    try {
      const { socket, index } = await connectFirst(addresses, both);
      if (both.aborted) socket.destroy();
      both.throwIfAborted();
      const address = addresses[index] ?? { host: '', port: 0 };
      try {
        return await greet(socket, address, options, both);
      } catch (error) {
        const isWrongPlace = error instanceof HitherError && error.code === 'not-hither';
        addresses.splice(index, 1);
        if (!isWrongPlace || addresses.length === 0) throw error;
      }
    } catch (error) {
      if (signal.aborted) throw new HitherError('cancelled');
      if (timeout.aborted) throw new HitherError('timed-out', { address: names });
      if (error instanceof HitherError) throw error;
      const code = (error as NodeJS.ErrnoException).code ?? '';
      const isThere = !UNREACHABLE.has(code) && code !== 'ETIMEDOUT';
      const known = code === 'ETIMEDOUT' ? 'timed-out' : isThere ? 'not-hither' : 'unreachable';
      throw new HitherError(known, { address: names }, error);
    }
  }
}

/** Upgrades a TCP connection to a WebSocket and exchanges hello and welcome on it. */
async function greet(
  tcp: Socket,
  address: LanAddress,
  options: DialOptions,
  signal: AbortSignal,
): Promise<Dialed> {
  const { hello, limits } = options;
  const facts = { address: formatLanAddress(address) };
  const ws = new WebSocket(`ws://${facts.address}${LAN_SOCKET_PATH}`, {
    createConnection: () => tcp,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
  });
  const socket = new LanSocket(ws, bareAddress(tcp.remoteAddress), limits);
  let giveUp = (): void => undefined;
  const givenUp = new Promise<null>((resolve) => {
    giveUp = () => {
      // The other side may have welcomed the hello already, and its person must not be asked for nothing.
      socket.send({ type: 'close', reason: 'cancelled' });
      socket.close();
      resolve(null);
    };
  });
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await opened(ws, facts);
    socket.send(hello);
    const text = await Promise.race([socket.next(), givenUp]);
    const welcome = judge(text === null ? null : parseMessage(LanServerFirst, text), options, facts);
    return { sessionId: hello.sessionId, socket, welcome, address };
  } catch (error) {
    giveUp();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** The welcome, if the answer is one, from the right device. */
function judge(
  answer: LanServerFirst | null,
  { hello, deviceId }: DialOptions,
  facts: Record<string, string>,
): Welcome {
  if (answer === null) throw new HitherError('not-hither', facts);
  if (answer.type === 'refuse') {
    const theirs = `${answer.protocol.min}–${answer.protocol.max}`;
    const ours = `${PROTOCOL_VERSION.min}–${PROTOCOL_VERSION.max}`;
    throw new RefusedError(answer.reason, { ...facts, ours, theirs });
  }
  if (answer.device.deviceId === hello.device.deviceId) throw new HitherError('self-connection', facts);
  if (deviceId !== null && answer.device.deviceId !== deviceId) throw new HitherError('not-hither', facts);
  return answer;
}

async function opened(ws: WebSocket, facts: Record<string, string>): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', (error) => {
      reject(new HitherError('not-hither', facts, error));
    });
  });
}

function codeOf(reason: EndReason): ErrorCode {
  if (reason === 'left' || reason === 'lost' || reason === 'no-path') return 'link-lost';
  return reason;
}
