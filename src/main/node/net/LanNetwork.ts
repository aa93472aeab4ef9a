import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import { bareAddress, formatLanAddress, type LanAddress } from '../../../shared/address';
import { HitherError } from '../../../shared/errors';
import { LAN_SOCKET_PATH } from '../../../shared/protocol/lan';
import { type Network, NobodyListensError, NotHitherError } from '../../../backend/sessions/dialing/dial';
import type { SessionLimits } from '../../../backend/sessions/timings';
import { connectFirst } from './connectFirst';
import { parseLanAddress } from './lanAddress';
import { SocketCarrier } from './SocketCarrier';

/** System errors that mean that nothing is there. */
const UNREACHABLE = new Set([
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'ECONNRESET',
  'ETIMEDOUT',
  'EINVAL',
]);

/** WebSockets straight to listeners on the network. */
export class LanNetwork implements Network {
  readonly #limits: SessionLimits;

  constructor(limits: SessionLimits) {
    this.#limits = limits;
  }

  parseAddress(text: string): LanAddress {
    return parseLanAddress(text);
  }

  async connect(
    addresses: readonly LanAddress[],
    signal: AbortSignal,
  ): Promise<{ carrier: SocketCarrier; index: number }> {
    const { socket, index } = await connectFirst(addresses, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw connectError(error, addresses.map(formatLanAddress).join(', '));
    });
    const address = addresses[index];
    const name = address ? formatLanAddress(address) : '';
    const carrier = await this.#upgrade(socket, name, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new NotHitherError(index, name, error);
    });
    return { carrier, index };
  }

  /** Makes a WebSocket of a TCP connection. */
  async #upgrade(tcp: Socket, name: string, signal: AbortSignal): Promise<SocketCarrier> {
    const ws = new WebSocket(`ws://${name}${LAN_SOCKET_PATH}`, {
      createConnection: () => tcp,
      maxPayload: this.#limits.maxMessageBytes,
      perMessageDeflate: false,
    });
    const carrier = new SocketCarrier(ws, bareAddress(tcp.remoteAddress), this.#limits);
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        carrier.kill();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      ws.once('open', () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      });
      ws.once('error', (error) => {
        signal.removeEventListener('abort', giveUp);
        reject(error);
      });
    });
    return carrier;
  }
}

/** What a failed connection means to a person. */
function connectError(error: unknown, address: string): HitherError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ECONNREFUSED') return new NobodyListensError(address, error);
  return new HitherError(UNREACHABLE.has(code) ? 'unreachable' : 'not-hither', { address }, error);
}
