import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { LanAddress } from '../../shared/address';
import { MAX_STUN_BYTES, type ReadStunMessage, readStun, stunLength } from '../../shared/stun/message';
import type { IceServerAddress } from './iceUrl';
import { TurnError, type TurnTrouble } from './TurnError';

/** A way to a STUN or TURN server that is open. */
export interface StunSocket {
  /** Whether nothing gets lost, so that nothing is to be repeated. */
  readonly isReliable: boolean;
  /** Where it is from, as this machine sees it. */
  readonly local: LanAddress;
  send(bytes: Uint8Array): void;
  close(): void;
}

export interface StunSocketOptions {
  signal: AbortSignal;
  onMessage: (message: ReadStunMessage) => void;
  /** It broke, at most once, and never after `close`. */
  onBroken: (error: TurnError) => void;
  /** PEM certificates that are believed in place of the system's. */
  ca?: string | undefined;
}

/**
 * Opens a way to a server. Only what comes from the server's own address is read, and only whole messages.
 * @throws TurnError `unreachable`, `tls`, `silent` or `unsupported`
 */
export async function openStunSocket(
  server: IceServerAddress,
  options: StunSocketOptions,
): Promise<StunSocket> {
  if (server.transport === 'dtls') throw new TurnError('unsupported');
  return server.transport === 'udp' ? openUdp(server, options) : openStream(server, options);
}

async function openUdp({ host, port }: LanAddress, options: StunSocketOptions): Promise<StunSocket> {
  const addresses = await lookup(host, { all: true, order: 'verbatim' }).catch((error: unknown) => {
    throw troubleOf('unreachable', error);
  });
  let trouble = new TurnError('unreachable');
  // A name may have an IPv6 address where this machine has none.
  for (const { address, family } of addresses) {
    options.signal.throwIfAborted();
    const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
    try {
      await connectUdp(socket, { host: address, port });
      return udpSocket(socket, options);
    } catch (error) {
      socket.close();
      trouble = troubleOf('unreachable', error);
    }
  }
  throw trouble;
}

function connectUdp(socket: UdpSocket, { host, port }: LanAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, host, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

function udpSocket(socket: UdpSocket, { onBroken, onMessage }: StunSocketOptions): StunSocket {
  let isOpen = true;
  const close = (): void => {
    if (isOpen) socket.close();
    isOpen = false;
  };
  socket.on('message', (bytes) => {
    const message = readStun(bytes);
    if (message !== null) onMessage(message);
  });
  socket.on('error', (error) => {
    if (!isOpen) return;
    close();
    onBroken(troubleOf('unreachable', error));
  });
  const { address, port } = socket.address();
  return {
    isReliable: false,
    local: { host: address, port },
    send: (bytes) => {
      if (isOpen) socket.send(bytes);
    },
    close,
  };
}

function openStream(server: IceServerAddress, options: StunSocketOptions): Promise<StunSocket> {
  const { host, port } = server;
  const { ca, signal } = options;
  const isSecure = server.transport === 'tls';
  return new Promise((resolve, reject) => {
    const plain = connect({ host, port, noDelay: true });
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = isSecure ? connectTls({ socket: plain, host, ca, ...name }) : plain;
    const abort = (): void => {
      socket.destroy();
      reject(new TurnError('silent'));
    };
    let isTcpOpen = false;
    plain.once('connect', () => (isTcpOpen = true));
    const fail = (error: Error): void => {
      signal.removeEventListener('abort', abort);
      reject(troubleOf(isSecure && isTcpOpen ? 'tls' : 'unreachable', error));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    // TLS leaves what happens to the connection below it to whoever made that.
    if (isSecure) plain.once('error', fail);
    socket.once('error', fail);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      signal.removeEventListener('abort', abort);
      socket.off('error', fail);
      plain.off('error', fail).on('error', () => undefined);
      resolve(streamSocket(socket, plain, options));
    });
  });
}

function streamSocket(
  socket: Socket,
  { localAddress = '', localPort = 0 }: Socket,
  { onBroken, onMessage }: StunSocketOptions,
): StunSocket {
  let isOpen = true;
  let rest: Buffer = Buffer.alloc(0);
  const breakOff = (error: TurnError): void => {
    if (!isOpen) return;
    isOpen = false;
    socket.destroy();
    onBroken(error);
  };
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    while (isOpen && rest.length > 0) {
      const length = stunLength(rest);
      if (length === null || (length !== 'more' && length > MAX_STUN_BYTES))
        breakOff(new TurnError('nonsense'));
      if (length === null || length === 'more' || length > rest.length) return;
      const message = readStun(rest.subarray(0, length));
      rest = rest.subarray(length);
      if (message === null) breakOff(new TurnError('nonsense'));
      else onMessage(message);
    }
  });
  socket.on('error', (error) => {
    breakOff(troubleOf('unreachable', error));
  });
  socket.on('close', () => {
    breakOff(new TurnError('unreachable', { word: 'closed' }));
  });
  return {
    isReliable: true,
    local: { host: localAddress, port: localPort },
    send: (bytes) => void socket.write(bytes),
    close: () => {
      isOpen = false;
      socket.end();
      // Who does not answer our end is not waited for.
      socket.setTimeout(1_000, () => socket.destroy());
    },
  };
}

function troubleOf(trouble: TurnTrouble, error: unknown): TurnError {
  return new TurnError(trouble, { word: (error as NodeJS.ErrnoException).code ?? null });
}
