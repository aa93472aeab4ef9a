import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { listen } from '../net/listen';
import { bareAddress } from '../../../shared/address';
import { TokenBucket } from '../../../shared/TokenBucket';
import type { LaneIdentity } from './certificate';
import { HELLO, isPinned, isSame, laneTls, TOKEN_BYTES } from './laneTls';
import { passTrial } from './trial';

/** What strangers may cost: connections at a time, in all and from one address, and new ones a second. */
const MAX_STRANGERS = 8;
const MAX_STRANGERS_PER_ADDRESS = 4;
const STRANGERS_PER_SECOND = 10;
const STRANGERS_BURST = 20;

export interface LanePortOptions {
  identity: LaneIdentity;
  token: Buffer;
  /** The certificate that the peer named last, once it has named one. */
  peerFingerprint: () => Promise<string>;
  /** From the first packet to the passed trial, in ms. */
  strangerTimeoutMs: number;
  /** The peer is here, over a connection that carries; called at most once, and the port is closed then. */
  onPeer: (socket: TLSSocket) => void;
}

/**
 * The port of one offer: open until the peer has come, or the offer is over. Whoever connects has to finish a TLS
 * handshake with the peer's certificate, say the token and pass the trial, within a short time, and is dropped otherwise.
 */
export class LanePort {
  readonly #options: LanePortOptions;
  readonly #server: Server;
  readonly #rate = new TokenBucket(STRANGERS_PER_SECOND, STRANGERS_BURST);
  /** What drops a stranger, and where it calls from. */
  readonly #strangers = new Map<() => void, string>();
  #isOver = false;

  constructor(options: LanePortOptions) {
    this.#options = options;
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#meet(socket);
    });
  }

  /**
   * Listens on every address of the machine; resolves with the port.
   * @throws Error of the system
   */
  async open(): Promise<number> {
    const port = await listen(this.#server, '::', 0).catch(() => listen(this.#server, '0.0.0.0', 0));
    if (this.#isOver) this.#server.close();
    return port;
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#server.close();
    for (const drop of this.#strangers.keys()) drop();
  }

  #meet(socket: Socket): void {
    socket.on('error', () => undefined);
    const address = bareAddress(socket.remoteAddress);
    if (this.#isOver || !this.#hasRoomFor(address) || !this.#rate.consume()) {
      socket.destroy();
      return;
    }
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: createSecureContext(laneTls(this.#options.identity)),
      requestCert: true,
      // Nobody signs these certificates; `isPinned` looks at the one that came.
      rejectUnauthorized: false,
    });
    const drop = (): void => {
      secure.destroy();
      socket.destroy();
    };
    const deadline = setTimeout(drop, this.#options.strangerTimeoutMs);
    const forget = (): void => {
      clearTimeout(deadline);
      this.#strangers.delete(drop);
    };
    this.#strangers.set(drop, address);
    socket.once('close', forget);
    secure.once('close', forget);
    secure.on('error', drop);
    this.#admit(secure).then((isPeer) => {
      if (!isPeer || this.#isOver) {
        drop();
        return;
      }
      forget();
      this.close();
      this.#options.onPeer(secure);
    }, drop);
  }

  #hasRoomFor(address: string): boolean {
    const fromThere = [...this.#strangers.values()].filter((other) => other === address);
    return this.#strangers.size < MAX_STRANGERS && fromThere.length < MAX_STRANGERS_PER_ADDRESS;
  }

  /** Whether the peer is there; rejects where the connection does not carry, and the peer may try again. */
  async #admit(secure: TLSSocket): Promise<boolean> {
    if (!(await this.#verify(secure))) return false;
    secure.write(HELLO);
    await passTrial(secure);
    return true;
  }

  async #verify(secure: TLSSocket): Promise<boolean> {
    const said = await firstBytes(secure, HELLO.length + TOKEN_BYTES);
    const isPinnedPeer = said !== null && isPinned(secure, await this.#options.peerFingerprint());
    return isPinnedPeer && isSame(said, Buffer.concat([HELLO, this.#options.token]));
  }
}

/** The first `count` bytes inside TLS, of a side that says no more than them; `null` where it does, or closes. */
async function firstBytes(secure: TLSSocket, count: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    let said = Buffer.alloc(0);
    const finish = (result: Buffer | null): void => {
      secure.off('data', read);
      secure.pause();
      resolve(result);
    };
    const read = (chunk: Buffer): void => {
      said = Buffer.concat([said, chunk]);
      if (said.length >= count) finish(said.length === count ? said : null);
    };
    secure.on('data', read);
    secure.once('close', () => finish(null));
  });
}
