import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatLanAddress, type LanAddress } from '../../shared/address';
import { StunType } from '../../shared/stun/attributes';
import { addressOf, encodeStun, readStun, StunMethod, TRANSACTION_BYTES } from '../../shared/stun/message';

/** Pause before a question is repeated, in ms, and how often it is asked. */
const REPEAT_MS = 400;
const TRIES = 5;

export interface MappedAddresses {
  /** `host:port` of the socket, as this machine sees it. */
  local: string;
  /** `host:port` as each server sees it, in their order; `null` for one that does not answer. */
  mapped: (string | null)[];
}

/**
 * Asks STUN servers by UDP, all from one socket, where each sees it come from. IPv4 alone: there is where the NATs are. Never throws.
 */
export async function mappedAddresses(
  servers: readonly LanAddress[],
  signal: AbortSignal,
): Promise<MappedAddresses> {
  const mapped = servers.map((): string | null => null);
  const questions = servers.map(() => randomBytes(TRANSACTION_BYTES));
  const hosts = await Promise.all(servers.map(({ host }) => lookup(host, { family: 4 }).catch(() => null)));
  const socket = createSocket('udp4');
  socket.on('error', () => undefined);
  socket.on('message', (bytes) => {
    const answer = readStun(bytes);
    if (answer?.kind !== 'success' || answer.method !== StunMethod.binding) return;
    const index = questions.findIndex((each) => each.equals(answer.transaction));
    const address = addressOf(answer, StunType.xorMappedAddress);
    if (index >= 0 && address !== null) mapped[index] = formatLanAddress(address);
  });
  await new Promise<void>((resolve) => socket.bind(0, resolve));
  for (let tries = 0; tries < TRIES && mapped.includes(null) && !signal.aborted; tries += 1) {
    servers.forEach(({ port }, index) => {
      const [host, transaction] = [hosts[index]?.address, questions[index]];
      if (host !== undefined && transaction !== undefined && mapped[index] === null)
        ask(socket, { host, port }, transaction);
    });
    await sleep(REPEAT_MS, undefined, { signal }).catch(() => undefined);
  }
  const { port } = socket.address();
  socket.close();
  return { local: await localOf(hosts[0]?.address, port), mapped };
}

function ask(socket: Socket, { host, port }: LanAddress, transaction: Uint8Array): void {
  const bytes = encodeStun({ method: StunMethod.binding, kind: 'request', transaction, attributes: [] });
  socket.send(bytes, port, host, () => undefined);
}

/** The address from which this machine goes to another one; nothing is sent for it. */
async function localOf(host: string | undefined, port: number): Promise<string> {
  if (host === undefined) return '';
  const socket = createSocket('udp4');
  const address = await new Promise<string>((resolve) => {
    socket.once('error', () => {
      resolve('');
    });
    socket.connect(9, host, () => {
      resolve(socket.address().address);
    });
  });
  socket.close();
  return formatLanAddress({ host: address, port });
}
