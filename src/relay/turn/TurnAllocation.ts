import { type LanAddress } from '../../shared/address';
import { Emitter } from '../../shared/Emitter';
import { utf8 } from '../../shared/identity/bytes';
import {
  lifetime,
  REQUESTED_UDP,
  type StunAttribute,
  StunType,
  xorAddress,
} from '../../shared/stun/attributes';
import { longTermKey } from '../../shared/stun/keys';
import { addressOf, type ReadStunMessage, StunMethod, valueOf } from '../../shared/stun/message';
import type { IceServerAddress } from './iceUrl';
import { type AttributesFor, RefusedRequest, StunClient, type StunClientOptions } from './StunClient';
import { TurnError } from './TurnError';

/** Refusals that name a nonce to come with (RFC 8489 §9.2.5). */
const UNAUTHENTICATED = 401;
const STALE_NONCE = 438;
/** Longest realm or nonce, in bytes (RFC 8489 §14.9). */
const MAX_TEXT_BYTES = 763;

export interface TurnCredentials {
  username: string;
  credential: string;
}

/** What a peer sent to the relayed address. */
export interface RelayedData {
  from: LanAddress;
  bytes: Uint8Array;
}

/** The last of a server's questions for credentials, and what answers it. */
interface Signature {
  key: Uint8Array;
  attributes: readonly StunAttribute[];
}

/**
 * One relayed address of a TURN server (RFC 8656), with the long-term credentials that servers of WebRTC ask for. For tests that take
 * seconds: it is never refreshed, and lasts for the ten minutes that servers give by themselves.
 */
export class TurnAllocation {
  readonly events = new Emitter<{ data: RelayedData }>();
  /** Where peers send to. */
  readonly relayed: LanAddress;
  /** Where the server sees us come from. */
  readonly mapped: LanAddress;
  readonly #requests: SignedRequests;

  private constructor(requests: SignedRequests, answer: ReadStunMessage) {
    this.#requests = requests;
    const relayed = addressOf(answer, StunType.xorRelayedAddress);
    const mapped = addressOf(answer, StunType.xorMappedAddress);
    if (relayed === null || mapped === null) throw new TurnError('nonsense');
    this.relayed = relayed;
    this.mapped = mapped;
  }

  /**
   * Asks a server for a relayed address.
   * @param credentials `null` to see whether it serves just anybody
   * @throws TurnError `refused` with 401 where the credentials are not good, or any other of its troubles
   */
  static async open(
    server: IceServerAddress,
    credentials: TurnCredentials | null,
    options: Omit<StunClientOptions, 'onIndication'>,
  ): Promise<TurnAllocation> {
    let allocation: TurnAllocation | null = null;
    const onIndication = (message: ReadStunMessage): void => {
      if (allocation !== null) allocation.#handleIndication(message);
    };
    const client = await StunClient.open(server, { ...options, onIndication });
    try {
      const requests = new SignedRequests(client, credentials);
      allocation = new TurnAllocation(
        requests,
        await requests.send(StunMethod.allocate, () => [REQUESTED_UDP]),
      );
      return allocation;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /**
   * Lets peers of an address, at whatever port, send to the relayed address and be sent to.
   * @throws TurnError `refused` with 403 where the server leads nobody there
   */
  async permit(host: string): Promise<void> {
    await this.#requests.send(StunMethod.createPermission, (transaction) => [
      xorAddress(StunType.xorPeerAddress, { host, port: 0 }, transaction),
    ]);
  }

  /** Sends to a peer that was permitted; it may get lost, and nobody tells. */
  send(to: LanAddress, bytes: Uint8Array): void {
    this.#requests.client.indicate(StunMethod.send, (transaction) => [
      xorAddress(StunType.xorPeerAddress, to, transaction),
      { type: StunType.data, value: bytes },
    ]);
  }

  /** Gives the relayed address back, if the server still hears it. */
  async close(): Promise<void> {
    await this.#requests.send(StunMethod.refresh, () => [lifetime(0)]).catch(() => undefined);
    this.#requests.client.close();
  }

  #handleIndication(message: ReadStunMessage): void {
    const from = addressOf(message, StunType.xorPeerAddress);
    const bytes = valueOf(message, StunType.data);
    if (message.method === StunMethod.data && from !== null && bytes !== null)
      this.events.emit('data', { from, bytes });
  }
}

/** Requests that are signed as the server asks, and again when its nonce has run out. */
class SignedRequests {
  readonly client: StunClient;
  readonly #credentials: TurnCredentials | null;
  #signature: Signature | null = null;

  constructor(client: StunClient, credentials: TurnCredentials | null) {
    this.client = client;
    this.#credentials = credentials;
  }

  async send(method: number, attributesFor: AttributesFor): Promise<ReadStunMessage> {
    try {
      return await this.#sendOnce(method, attributesFor);
    } catch (error) {
      if (!(error instanceof RefusedRequest)) throw error;
      if (error.status !== UNAUTHENTICATED && error.status !== STALE_NONCE) throw error;
      this.#signature = this.#sign(error);
      return await this.#sendOnce(method, attributesFor);
    }
  }

  #sendOnce(method: number, attributesFor: AttributesFor): Promise<ReadStunMessage> {
    const { attributes, key = null } = this.#signature ?? { attributes: [] };
    return this.client.request(method, (each) => [...attributesFor(each), ...attributes], key);
  }

  /** @throws RefusedRequest the same one, where there is nothing to answer it with */
  #sign(refusal: RefusedRequest): Signature {
    const [realm, nonce] = [StunType.realm, StunType.nonce].map((type) => valueOf(refusal.answer, type));
    if (this.#credentials === null) throw refusal;
    if (!realm || !nonce || realm.length > MAX_TEXT_BYTES || nonce.length > MAX_TEXT_BYTES)
      throw new TurnError('nonsense');
    const { credential, username } = this.#credentials;
    return {
      key: longTermKey(username, new TextDecoder().decode(realm), credential),
      attributes: [
        { type: StunType.username, value: utf8(username) },
        { type: StunType.realm, value: realm },
        { type: StunType.nonce, value: nonce },
      ],
    };
  }
}
