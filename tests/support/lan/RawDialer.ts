import { once } from 'node:events';
import { WebSocket } from 'ws';
import { DialerHandshake } from '../../../src/shared/identity/DialerHandshake';
import type { OwnClaims, ProvenPeer } from '../../../src/shared/identity/Handshake';
import type { Identity } from '../../../src/shared/identity/identity';
import { Refuse } from '../../../src/shared/identity/messages';
import { LAN_SOCKET_PATH } from '../../../src/shared/protocol/lan';
import { newFingerprint, newIdentity, random } from './identities';
import { afterwards } from './opened';

/** A WebSocket to a listener, by somebody who keeps to no rules. */
export function stranger(port: number, headers: Record<string, string> = {}, host = '127.0.0.1'): WebSocket {
  const socket = new WebSocket(`ws://${host}:${port}${LAN_SOCKET_PATH}`, { headers });
  socket.on('error', () => undefined);
  afterwards(() => {
    socket.terminate();
  });
  return socket;
}

/** The next message: text, bytes, or `null` where the socket closes first. */
export async function nextOf(socket: WebSocket): Promise<string | Uint8Array | null> {
  if (socket.readyState === socket.CLOSED) return null;
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve(null);
    });
    socket.once('message', (data, isBinary) => {
      resolve(isBinary ? (data as Buffer) : (data as Buffer).toString());
    });
  });
}

export interface RawOptions {
  identity?: Identity;
  claims?: Partial<OwnClaims>;
  lastSeq?: number;
}

/** A dialer whose every message after the handshake a test writes by hand, in properly sealed form. */
export class RawDialer {
  readonly socket: WebSocket;
  readonly handshake: DialerHandshake;
  readonly peer: ProvenPeer;

  private constructor(socket: WebSocket, handshake: DialerHandshake, peer: ProvenPeer) {
    this.socket = socket;
    this.handshake = handshake;
    this.peer = peer;
  }

  static begin({ identity = newIdentity(), claims = {} }: RawOptions = {}): DialerHandshake {
    const [sessionId, fingerprint] = [random(16), newFingerprint()];
    return new DialerHandshake(
      { identity, auth: { mode: 'open' }, random },
      {
        ...{ name: 'raw', platform: 'linux', appVersion: '0.1.0', capabilities: [], fingerprint },
        sessionId: Buffer.from(sessionId).toString('hex'),
        ...claims,
      },
    );
  }

  /** Shakes hands; a refusal, in the clear or sealed, comes back as its reason. */
  static async to(port: number, options: RawOptions = {}): Promise<RawDialer | string> {
    const socket = stranger(port);
    await once(socket, 'open');
    const handshake = RawDialer.begin(options);
    socket.send(handshake.hello);
    const welcome = await nextOf(socket);
    if (typeof welcome !== 'string') return 'closed';
    const identify = handshake.handleWelcome(welcome, options.lastSeq);
    if (!(identify instanceof Uint8Array)) return identify.reason;
    socket.send(identify);
    const sealed = await nextOf(socket);
    if (typeof sealed === 'string') return `unsealed: ${sealed}`;
    if (sealed === null) return 'closed';
    const answer = handshake.handleAnswer(sealed);
    return 'type' in answer ? answer.reason : new RawDialer(socket, handshake, answer);
  }

  /** The same where a session is expected. */
  static async admitted(port: number, options: RawOptions = {}): Promise<RawDialer> {
    const dialer = await RawDialer.to(port, options);
    if (typeof dialer === 'string') throw new Error(`refused: ${dialer}`);
    return dialer;
  }

  sealed(frame: object): Uint8Array {
    return this.handshake.channel.outgoing.seal(JSON.stringify(frame));
  }

  say(frame: object): void {
    this.socket.send(this.sealed(frame));
  }
}

/** Says something as the first message; the refusal that comes back, or `null` where there is none. */
export async function firstWord(port: number, message: string | Buffer): Promise<Refuse | null> {
  const socket = stranger(port);
  await once(socket, 'open');
  socket.send(message);
  const answer = await nextOf(socket);
  return typeof answer === 'string' ? Refuse.parse(JSON.parse(answer)) : null;
}
