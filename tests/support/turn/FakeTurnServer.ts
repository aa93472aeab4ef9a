import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { REQUESTED_UDP, type StunAttribute, StunType, xorAddress } from '../../../src/shared/stun/attributes';
import { longTermKey } from '../../../src/shared/stun/keys';
import {
  addressOf,
  encodeStun,
  hasIntegrity,
  type ReadStunMessage,
  readStun,
  type StunMessage,
  StunMethod,
  valueOf,
} from '../../../src/shared/stun/message';
import type { IceServerAddress } from '../../../src/relay/turn/iceUrl';
import { afterwards } from '../lan/opened';

export const CREDENTIALS = { username: 'somebody', credential: 'a password' };
const REALM = 'turn.example';
const KEY = longTermKey(CREDENTIALS.username, REALM, CREDENTIALS.credential);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a test has this server do otherwise than well. */
export interface TurnFaults {
  /** Of each nonce, requests that it is good for. */
  usesOfNonce?: number;
  /** Requests that get lost, from the first on. */
  lost?: number;
  /** Refuses every permission with this number. */
  permissionStatus?: number;
  /** Answers with something else. */
  rewrite?: (answer: Uint8Array, request: ReadStunMessage) => Uint8Array[];
  /** Passes no data. */
  isDeaf?: boolean;
}

/** A TURN server over UDP on this machine, whose allocations have made-up addresses and reach each other alone. */
export class FakeTurnServer {
  readonly received: ReadStunMessage[] = [];
  readonly address: IceServerAddress;
  readonly #faults: TurnFaults;
  readonly #socket: Socket;
  /** Relayed port by client. */
  readonly #ports = new Map<number, number>();
  /** Requests that each client's nonces were used for. */
  readonly #uses = new Map<number, number>();

  private constructor(socket: Socket, faults: TurnFaults) {
    this.#socket = socket;
    this.#faults = faults;
    const { port } = socket.address();
    this.address = { kind: 'turn', host: '127.0.0.1', port, transport: 'udp' };
    socket.on('message', (bytes, from) => {
      const message = readStun(bytes);
      if (message !== null) this.#handle(message, from);
    });
  }

  /** Closed when the test is over. */
  static async start(faults: TurnFaults = {}): Promise<FakeTurnServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    afterwards(() => socket.close());
    return new FakeTurnServer(socket, faults);
  }

  #handle(message: ReadStunMessage, from: RemoteInfo): void {
    this.received.push(message);
    if (this.received.length <= (this.#faults.lost ?? 0)) return;
    if (message.method === StunMethod.binding)
      this.#answer(message, from, 'success', [
        xorAddress(StunType.xorMappedAddress, { host: from.address, port: from.port }, message.transaction),
      ]);
    else if (message.method === StunMethod.send) this.#relay(message, from.port);
    else if (!hasIntegrity(message, KEY)) this.#refuse(message, from, 401);
    else if (Buffer.from(valueOf(message, StunType.nonce) ?? []).toString() !== this.#nonceOf(from))
      this.#refuse(message, from, 438);
    else this.#serve(message, from);
  }

  #nonceOf({ port }: RemoteInfo): string {
    const uses = this.#uses.get(port) ?? 0;
    return `nonce ${Math.floor(uses / (this.#faults.usesOfNonce ?? Number.POSITIVE_INFINITY))}`;
  }

  #serve(message: ReadStunMessage, from: RemoteInfo): void {
    this.#uses.set(from.port, (this.#uses.get(from.port) ?? 0) + 1);
    const { permissionStatus } = this.#faults;
    if (message.method === StunMethod.createPermission && permissionStatus !== undefined) {
      this.#refuse(message, from, permissionStatus);
      return;
    }
    if (message.method !== StunMethod.allocate) {
      this.#answer(message, from, 'success', []);
      return;
    }
    const transport = valueOf(message, StunType.requestedTransport);
    if (Buffer.compare(transport ?? Buffer.of(), REQUESTED_UDP.value) !== 0)
      throw new Error('asks for no UDP');
    const port = 50_000 + this.#ports.size;
    this.#ports.set(from.port, port);
    this.#answer(message, from, 'success', [
      xorAddress(StunType.xorRelayedAddress, { host: '192.0.2.1', port }, message.transaction),
      xorAddress(StunType.xorMappedAddress, { host: from.address, port: from.port }, message.transaction),
    ]);
  }

  #relay(message: ReadStunMessage, fromPort: number): void {
    const to = addressOf(message, StunType.xorPeerAddress);
    const data = valueOf(message, StunType.data);
    const relayed = this.#ports.get(fromPort);
    const client = [...this.#ports].find(([, port]) => port === to?.port)?.[0];
    if (this.#faults.isDeaf || client === undefined || data === null || relayed === undefined) return;
    const { transaction } = message;
    const peer = xorAddress(StunType.xorPeerAddress, { host: '192.0.2.1', port: relayed }, transaction);
    const attributes = [peer, { type: StunType.data, value: data }];
    const bytes = encodeStun({ method: StunMethod.data, kind: 'indication', transaction, attributes });
    this.#socket.send(bytes, client, '127.0.0.1');
  }

  #refuse(message: ReadStunMessage, from: RemoteInfo, status: number): void {
    this.#answer(message, from, 'error', [
      { type: StunType.errorCode, value: Uint8Array.of(0, 0, Math.floor(status / 100), status % 100) },
      { type: StunType.realm, value: utf8(REALM) },
      { type: StunType.nonce, value: utf8(this.#nonceOf(from)) },
    ]);
  }

  #answer(
    request: ReadStunMessage,
    from: RemoteInfo,
    kind: StunMessage['kind'],
    attributes: StunAttribute[],
  ): void {
    const { method, transaction } = request;
    const isSigned = hasIntegrity(request, KEY);
    const answer = encodeStun({ method, kind, transaction, attributes }, isSigned ? KEY : null);
    for (const bytes of this.#faults.rewrite?.(answer, request) ?? [answer])
      this.#socket.send(bytes, from.port, from.address);
  }
}
