import { networkInterfaces } from 'node:os';
import { WebSocket } from 'ws';
import type { RelaySocket, RelaySocketReader } from '../../../backend/ports';
import { HitherError } from '../../../shared/errors';
import { MAX_RELAY_FRAME_BYTES } from '../../../shared/protocol/relay';

/** A ping so often, so that a line that is cut in silence is noticed, in ms. */
const HEARTBEAT_MS = 15_000;
/** How long a sign of life may take after a ping, in ms. */
const PROBE_MS = 3_000;
/** What a socket may keep that the line does not take, in bytes; a client sends no more than a relay has acknowledged. */
const MAX_UNSENT_BYTES = 8 * 1024 * 1024;

/** What Node says where a certificate is not to be trusted; other codes that begin with `ERR_TLS` are of the same kind. */
const UNTRUSTED = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_REVOKED',
  'HOSTNAME_MISMATCH',
]);

/**
 * A WebSocket to a relay, without compression: what passes is sealed and does not shrink.
 * @throws HitherError as `OpenRelaySocket` says
 */
export async function openRelaySocket(
  url: string,
  reader: RelaySocketReader,
  signal: AbortSignal,
): Promise<RelaySocket> {
  signal.throwIfAborted();
  const ws = new WebSocket(url, { perMessageDeflate: false, maxPayload: MAX_RELAY_FRAME_BYTES });
  const relay = new URL(url).host;
  let localAddress: string | undefined;
  ws.once('upgrade', ({ socket }) => {
    localAddress = socket.localAddress;
  });
  await new Promise<void>((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason as Error);
      ws.terminate();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    ws.once('unexpected-response', (request, response) => {
      signal.removeEventListener('abort', giveUp);
      const { statusCode = 0 } = response;
      const isBusy = statusCode === 429 || statusCode === 503;
      reject(new HitherError(isBusy ? 'relay-refused' : 'not-a-relay', { relay, status: statusCode }));
      request.destroy();
    });
    ws.on('error', (error) => {
      signal.removeEventListener('abort', giveUp);
      reject(new HitherError(codeOf(error), { relay }, error));
    });
    ws.once('open', () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    });
    // Bound before the first message can come.
    bind(ws, reader);
  });
  return socketOf(ws, localAddress);
}

/** Whether an address was this machine's and is no more. @param address `undefined` where it isn't known */
function hasLostAddress(address: string | undefined): boolean {
  const own = Object.values(networkInterfaces()).flat();
  return address !== undefined && !own.some((each) => each?.address === address);
}

function bind(ws: WebSocket, reader: RelaySocketReader): void {
  ws.on('message', (data, isBinary) => {
    const bytes = data as Buffer; // `binaryType` stays "nodebuffer"
    if (isBinary) reader.onBytes(bytes);
    else reader.onText(bytes.toString('utf8'));
  });
  ws.on('close', (_, reason) => reader.onClosed(reason.toString('utf8')));
}

function socketOf(ws: WebSocket, localAddress: string | undefined): RelaySocket {
  let deadline: NodeJS.Timeout | null = null;
  const heard = (): void => {
    if (deadline !== null) clearTimeout(deadline);
    deadline = null;
  };
  const probe = (): void => {
    if (ws.readyState !== ws.OPEN) return;
    // No packet leaves from an address that this machine has lost: there is nothing to wait for.
    if (hasLostAddress(localAddress)) {
      ws.terminate();
      return;
    }
    deadline ??= setTimeout(() => ws.terminate(), PROBE_MS);
    deadline.unref();
    ws.ping();
  };
  const heartbeat = setInterval(probe, HEARTBEAT_MS);
  heartbeat.unref();
  for (const event of ['message', 'ping', 'pong'] as const) ws.on(event, heard);
  ws.on('close', () => {
    heard();
    clearInterval(heartbeat);
  });
  return {
    probe,
    send: (message) => {
      if (ws.readyState !== ws.OPEN) return;
      if (ws.bufferedAmount > MAX_UNSENT_BYTES) ws.terminate();
      else ws.send(message);
    },
    close: () => {
      ws.close(1000);
      setTimeout(() => ws.terminate(), PROBE_MS).unref();
    },
  };
}

function codeOf(error: Error): 'relay-untrusted' | 'not-a-relay' | 'relay-unreachable' {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (UNTRUSTED.has(code) || code.startsWith('ERR_TLS')) return 'relay-untrusted';
  // What is no HTTP, or no TLS, at that port.
  return code.startsWith('HPE_') || code === 'EPROTO' ? 'not-a-relay' : 'relay-unreachable';
}
