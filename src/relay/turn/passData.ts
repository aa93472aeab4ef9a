import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LanAddress } from '../../shared/address';
import type { IceServerAddress } from './iceUrl';
import { TurnAllocation, type TurnCredentials } from './TurnAllocation';
import { TurnError } from './TurnError';

/** What is sent: as much as a packet of video has, so that a path that carries small packets alone does not pass. */
const PROBE_BYTES = 1_000;
/** Pause before a probe is repeated, in ms: UDP is part of every way through TURN. */
const REPEAT_MS = 200;
/** How long data may take if nothing else is said, in ms: to the other side of the world and back, some times over. */
const DATA_MS = 3_000;

export interface TurnTrial {
  relayed: LanAddress;
  /** Where the server sees us come from. */
  mapped: LanAddress;
  /** From us through the server and back to us, in ms. */
  roundTripMs: number;
  /**
   * Between two relayed addresses of the server, or to a socket of ours outside it: some servers behind a NAT don't reach
   * themselves by their public address.
   */
  way: 'relayed' | 'own-socket';
}

export interface TurnTrialOptions {
  signal: AbortSignal;
  /** PEM certificates that are believed in place of the system's. */
  ca?: string | undefined;
  /** How long data may take on either way, in ms. */
  dataMs?: number;
}

/**
 * Passes data through a TURN server, there and back, as a session would.
 * @throws TurnError what keeps it from that; `no-data` where everything was granted and nothing arrives
 */
export async function passData(
  server: IceServerAddress,
  credentials: TurnCredentials,
  options: TurnTrialOptions,
): Promise<TurnTrial> {
  const open: TurnAllocation[] = [];
  try {
    const near = await TurnAllocation.open(server, credentials, options);
    open.push(near);
    const { mapped, relayed } = near;
    const tries = Math.ceil((options.dataMs ?? DATA_MS) / REPEAT_MS);
    const openFar = async (): Promise<TurnAllocation> => {
      const far = await TurnAllocation.open(server, credentials, options);
      open.push(far);
      return far;
    };
    const direct = await throughBoth(near, openFar, tries);
    if (typeof direct === 'number') return { relayed, mapped, roundTripMs: direct, way: 'relayed' };
    const outside = await throughOwnSocket(near, tries, options.signal);
    if (outside === null) throw direct;
    return { relayed, mapped, roundTripMs: outside, way: 'own-socket' };
  } finally {
    await Promise.all(open.map((allocation) => allocation.close()));
  }
}

/** There and back between two relayed addresses, in ms, or why not. */
async function throughBoth(
  near: TurnAllocation,
  openFar: () => Promise<TurnAllocation>,
  tries: number,
): Promise<number | TurnError> {
  try {
    const far = await openFar();
    await Promise.all([near.permit(far.relayed.host), far.permit(near.relayed.host)]);
    far.events.on('data', ({ bytes, from }) => {
      if (isSame(from, near.relayed)) far.send(from, bytes);
    });
    return (await probe(near, far.relayed, tries)) ?? new TurnError('no-data');
  } catch (error) {
    if (error instanceof TurnError) return error;
    throw error;
  }
}

/** There and back between the relayed address and a socket of this machine, in ms; `null` where nothing comes. */
async function throughOwnSocket(
  near: TurnAllocation,
  tries: number,
  signal: AbortSignal,
): Promise<number | null> {
  const { mapped, relayed } = near;
  const socket = createSocket(isIP(relayed.host) === 6 ? 'udp6' : 'udp4');
  try {
    await near.permit(mapped.host);
    const peers: LanAddress[] = [];
    near.events.on('data', ({ from }) => {
      if (from.host === mapped.host) peers.push(from);
    });
    socket.on('message', (bytes) => sendTo(socket, relayed, bytes));
    socket.on('error', () => undefined);
    // Only what has been sent to lets an answer in.
    for (let count = 0; count < tries && peers.length === 0; count += 1) {
      sendTo(socket, relayed, Buffer.from('knock'));
      await sleep(REPEAT_MS, undefined, { signal });
    }
    const [peer] = peers;
    return peer === undefined ? null : await probe(near, peer, tries);
  } catch (error) {
    if (error instanceof TurnError || signal.aborted) return null;
    throw error;
  } finally {
    socket.close();
  }
}

function sendTo(socket: Socket, { host, port }: LanAddress, bytes: Uint8Array): void {
  socket.send(bytes, port, host, () => undefined);
}

/** Sends random bytes until they come back. @returns how long the quickest of them took, in ms, or `null` */
async function probe(near: TurnAllocation, to: LanAddress, tries: number): Promise<number | null> {
  const sentMs = new Map<string, number>();
  let handleBack: (ms: number) => void = () => undefined;
  const back = new Promise<number>((resolve) => (handleBack = resolve));
  const stop = near.events.on('data', ({ bytes }) => {
    const at = sentMs.get(Buffer.from(bytes).toString('base64'));
    if (at !== undefined) handleBack(performance.now() - at);
  });
  const over = new AbortController();
  const repeat = async (): Promise<null> => {
    for (let count = 0; count < tries; count += 1) {
      const bytes = randomBytes(PROBE_BYTES);
      sentMs.set(bytes.toString('base64'), performance.now());
      near.send(to, bytes);
      await sleep(REPEAT_MS, undefined, { signal: over.signal }).catch(() => undefined);
      if (over.signal.aborted) break;
    }
    return null;
  };
  const ms = await Promise.race([back, repeat()]);
  over.abort();
  stop();
  return ms;
}

function isSame(a: LanAddress, b: LanAddress): boolean {
  return a.host === b.host && a.port === b.port;
}
