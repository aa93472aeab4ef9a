import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { HitherError, type ErrorCode } from '../../shared/errors';
import type { DialerHandshake } from '../../shared/identity/DialerHandshake';
import type { ProvenPeer } from '../../shared/identity/Handshake';
import type { Refuse, RefuseReason } from '../../shared/identity/messages';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import { LAN_SOCKET_PATH } from '../../shared/protocol/lan';
import { connectFirst } from '../../main/node/net/connectFirst';
import { bareAddress, formatLanAddress, type LanAddress } from '../../shared/address';
import { HandshakeExchange } from './HandshakeExchange';
import { SocketCarrier } from '../../main/node/net/SocketCarrier';
import { SealedCarrier } from './SealedCarrier';
import type { SessionLimits } from './timings';

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

/** Failures that say that the device that is meant may be at another address. */
const WRONG_PLACE = new Set<ErrorCode>(['not-hither', 'wrong-device']);

export interface DialOptions {
  /** Where the other side may be, best first. */
  addresses: readonly LanAddress[];
  /** Makes a fresh handshake; each address gets its own. */
  begin: () => DialerHandshake;
  /** The device that is meant; `null` where an address was typed. */
  deviceId: string | null;
  ownDeviceId: string;
  /** On a session that goes on: the last message seen. */
  lastSeq?: number;
  limits: SessionLimits;
  timeoutMs: number;
  /** Aborting means that the person changed their mind: the dial ends as `cancelled`. */
  signal: AbortSignal;
}

export interface Dialed {
  peer: ProvenPeer;
  /** The certificate of this device's page that the handshake is bound to. */
  ownFingerprint: string;
  socket: SealedCarrier;
  address: LanAddress;
}

/** The listener said no. */
export class RefusedError extends HitherError {
  readonly reason: RefuseReason;

  constructor({ reason, protocol }: Refuse, address: string) {
    const theirs = `${protocol.min}–${protocol.max}`;
    const ours = `${PROTOCOL_VERSION.min}–${PROTOCOL_VERSION.max}`;
    super(reason === 'lost' ? 'link-lost' : reason, { address, ours, theirs });
    this.name = 'RefusedError';
    this.reason = reason;
  }
}

/**
 * Shakes hands with a listener. An address where something else answers makes way for the next one.
 * @throws HitherError `unreachable`, `timed-out`, `not-hither`, `wrong-device`, `tampered`, `cancelled` or what the
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
        const isWrongPlace = error instanceof HitherError && WRONG_PLACE.has(error.code);
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

/** Upgrades a TCP connection to a WebSocket and shakes hands on it. */
async function greet(
  tcp: Socket,
  address: LanAddress,
  options: DialOptions,
  signal: AbortSignal,
): Promise<Dialed> {
  const { limits } = options;
  const name = formatLanAddress(address);
  const ws = new WebSocket(`ws://${name}${LAN_SOCKET_PATH}`, {
    createConnection: () => tcp,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
  });
  const socket = new SocketCarrier(ws, bareAddress(tcp.remoteAddress), limits);
  const handshake = options.begin();
  const exchange = new HandshakeExchange(socket, handshake);
  const giveUp = (): void => {
    exchange.giveUp();
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await opened(ws, name);
    const peer = await shakeHands(exchange, options, name);
    const problem = problemOf(peer, options);
    if (problem !== null) throw new HitherError(problem, { address: name });
    const sealed = new SealedCarrier(socket, handshake.channel);
    return { peer, ownFingerprint: handshake.ownFingerprint, socket: sealed, address };
  } catch (error) {
    giveUp();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** The dialer's part of the handshake on an open socket. */
async function shakeHands(
  exchange: HandshakeExchange,
  { lastSeq }: DialOptions,
  address: string,
): Promise<ProvenPeer> {
  const { handshake } = exchange;
  const welcome = await exchange.ask(handshake.hello);
  if (typeof welcome !== 'string') throw new HitherError('not-hither', { address });
  const identify = readWelcome(handshake, welcome, lastSeq, address);
  if (!(identify instanceof Uint8Array)) throw new RefusedError(identify, address);
  const sealed = await exchange.ask(identify);
  if (sealed === null) throw new HitherError('link-lost', { address });
  if (typeof sealed === 'string') throw new HitherError('tampered', { address });
  const answer = handshake.handleAnswer(sealed);
  if ('type' in answer) throw new RefusedError(answer, address);
  return answer;
}

/** @throws HitherError `not-hither` for what is no welcome: nothing is known of who answers yet */
function readWelcome(
  handshake: DialerHandshake,
  welcome: string,
  lastSeq: number | undefined,
  address: string,
): ReturnType<DialerHandshake['handleWelcome']> {
  try {
    return handshake.handleWelcome(welcome, lastSeq);
  } catch (error) {
    throw new HitherError('not-hither', { address }, error);
  }
}

function problemOf(
  { device }: ProvenPeer,
  { deviceId, ownDeviceId }: DialOptions,
): 'self-connection' | 'wrong-device' | null {
  if (device.deviceId === ownDeviceId) return 'self-connection';
  return deviceId === null || device.deviceId === deviceId ? null : 'wrong-device';
}

async function opened(ws: WebSocket, address: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve);
    ws.once('error', (error) => {
      reject(new HitherError('not-hither', { address }, error));
    });
  });
}
