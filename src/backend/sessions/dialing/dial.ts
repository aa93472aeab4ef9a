import { type LanAddress, formatLanAddress } from '../../../shared/address';
import { type ErrorCode, HitherError } from '../../../shared/errors';
import type { DialerHandshake } from '../../../shared/identity/DialerHandshake';
import type { ProvenPeer } from '../../../shared/identity/Handshake';
import type { Refuse, RefuseReason } from '../../../shared/identity/messages';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version';
import type { Clock } from '../../ports';
import type { Carrier } from '../carriers/Carrier';
import { HandshakeExchange } from './HandshakeExchange';
import { SealedCarrier } from '../carriers/SealedCarrier';

/** Failures that say that the device that is meant may be at another address, as does the word that a session is not known there. */
const WRONG_PLACE = new Set<ErrorCode>(['not-hither', 'wrong-device']);

/** Opens carriers to devices on the network. */
export interface Network {
  /**
   * Reads an address as a person types it.
   * @throws HitherError `bad-address`
   */
  parseAddress(text: string): LanAddress;
  /**
   * Opens a carrier to whichever address answers first; earlier ones get a head start.
   * @returns the carrier, and the index of its address
   * @throws HitherError `unreachable` (a NobodyListensError where the machine is there) or `not-hither` (a
   *   NotHitherError where it is known at which address), or the signal's reason
   */
  connect(
    addresses: readonly LanAddress[],
    signal: AbortSignal,
  ): Promise<{ carrier: Carrier; index: number }>;
}

/** The machine is there, and nothing listens on it. */
export class NobodyListensError extends HitherError {
  constructor(address: string, cause?: unknown) {
    super('unreachable', { address }, cause);
    this.name = 'NobodyListensError';
  }
}

/** Something answers at one of the addresses, and it speaks another protocol. */
export class NotHitherError extends HitherError {
  /** Which of the addresses. */
  readonly index: number;

  constructor(index: number, address: string, cause?: unknown) {
    super('not-hither', { address }, cause);
    this.name = 'NotHitherError';
    this.index = index;
  }
}

/** Another device answers than the one that is meant. */
class WrongDeviceError extends HitherError {
  /** Which one answers. */
  readonly deviceId: string;

  constructor(deviceId: string, address: string) {
    super('wrong-device', { address });
    this.name = 'WrongDeviceError';
    this.deviceId = deviceId;
  }
}

/** The listener said no. */
export class RefusedError extends HitherError {
  readonly reason: RefuseReason;

  constructor({ reason, protocol }: Refuse, address: string) {
    const theirs = `${protocol.min}–${protocol.max}`;
    const ours = `${PROTOCOL_VERSION.min}–${PROTOCOL_VERSION.max}`;
    super(reason === 'lost' ? 'connection-lost' : reason, { address, ours, theirs });
    this.name = 'RefusedError';
    this.reason = reason;
  }
}

/** Who greets whom. */
export interface GreetOptions {
  /** Makes a fresh handshake; each address gets its own. */
  begin: () => DialerHandshake;
  /** The device that is meant; `null` where an address was typed. */
  deviceId: string | null;
  /** Whether a key is of the device that is meant, where more is known of it than its id. */
  isMeant?: (identityKey: string) => boolean;
  ownDeviceId: string;
  /** On a session that goes on: the last message seen. */
  lastSeq?: number;
}

export interface DialOptions extends GreetOptions {
  /** Where the other side may be, best first. */
  addresses: readonly LanAddress[];
  network: Network;
  clock: Clock;
  /** Where a device was last seen; empty for one that is not known. */
  addressesOf: (deviceId: string) => readonly LanAddress[];
  timeoutMs: number;
  /** Aborting means that the person changed their mind: the dial ends as `cancelled`. */
  signal: AbortSignal;
}

export interface Dialed {
  peer: ProvenPeer;
  /** The certificate of this device's page that the handshake is bound to. */
  ownFingerprint: string;
  /** What further carriers of the session make their keys of. */
  exporter: Uint8Array;
  carrier: SealedCarrier;
  /** `null` where a relay is in between. */
  address: LanAddress | null;
}

/**
 * Shakes hands with a listener. An address where something else answers makes way for the next one that is not known to be
 * of the same machine: each try shows a request to the person there.
 * @throws HitherError `unreachable`, `timed-out`, `not-hither`, `wrong-device`, `tampered`, `cancelled` or what the
 * listener refused with (then a RefusedError)
 */
export async function dial(options: DialOptions): Promise<Dialed> {
  const { network, clock, timeoutMs, signal } = options;
  const timeout = new AbortController();
  const cancelTimeout = clock.after(timeoutMs, () => timeout.abort());
  const both = AbortSignal.any([signal, timeout.signal]);
  let addresses = [...options.addresses];
  try {
    for (;;) {
      const names = addresses.map(formatLanAddress).join(', ');
      let index: number | null = null;
      try {
        const connected = await network.connect(addresses, both);
        const { carrier } = connected;
        ({ index } = connected);
        if (both.aborted) carrier.kill();
        both.throwIfAborted();
        const address = addresses[index] ?? { host: '', port: 0 };
        return { ...(await greet(carrier, formatLanAddress(address), options, both)), address };
      } catch (error) {
        if (signal.aborted) throw new HitherError('cancelled');
        if (timeout.signal.aborted) throw new HitherError('timed-out', { address: names });
        if (error instanceof NotHitherError) ({ index } = error);
        const isForgotten = error instanceof RefusedError && error.reason === 'lost';
        const isWrongPlace = error instanceof HitherError && (isForgotten || WRONG_PLACE.has(error.code));
        if (!isWrongPlace || index === null) throw error;
        addresses.splice(index, 1);
        if (error instanceof WrongDeviceError)
          addresses = without(addresses, options.addressesOf(error.deviceId));
        if (addresses.length === 0) throw error;
      }
    }
  } finally {
    cancelTimeout();
  }
}

/**
 * Shakes hands on an open carrier.
 * @param name of where it leads, for errors
 * @throws HitherError as `dial`
 */
export async function greet(
  carrier: Carrier,
  name: string,
  options: GreetOptions,
  signal: AbortSignal,
): Promise<Omit<Dialed, 'address'>> {
  const handshake = options.begin();
  const exchange = new HandshakeExchange(carrier, handshake);
  const giveUp = (): void => exchange.giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const peer = await shakeHands(exchange, options, name);
    const { deviceId } = peer.device;
    if (deviceId === options.ownDeviceId) throw new HitherError('self-connection', { address: name });
    const isMeant = options.isMeant?.(peer.identityKey) ?? true;
    if (!isMeant || (options.deviceId !== null && deviceId !== options.deviceId))
      throw new WrongDeviceError(deviceId, name);
    const { ownFingerprint, exporter, channel } = handshake;
    return { peer, ownFingerprint, exporter, carrier: new SealedCarrier(carrier, channel) };
  } catch (error) {
    giveUp();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** The dialer's part of the handshake. */
async function shakeHands(
  exchange: HandshakeExchange,
  { lastSeq }: GreetOptions,
  address: string,
): Promise<ProvenPeer> {
  const { handshake } = exchange;
  const welcome = await exchange.ask(handshake.hello);
  if (typeof welcome !== 'string') throw new HitherError('not-hither', { address });
  const identify = readWelcome(handshake, welcome, lastSeq, address);
  if (!(identify instanceof Uint8Array)) throw new RefusedError(identify, address);
  const sealed = await exchange.ask(identify);
  if (sealed === null) throw new HitherError('connection-lost', { address });
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

function without(addresses: readonly LanAddress[], known: readonly LanAddress[]): LanAddress[] {
  const names = new Set(known.map(formatLanAddress));
  return addresses.filter((address) => !names.has(formatLanAddress(address)));
}
