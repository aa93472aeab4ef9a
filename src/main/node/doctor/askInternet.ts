import type {
  InternetWay,
  MeasuredInternet,
  MeasuredStun,
  MeasuredTurn,
} from '../../../backend/doctor/measurements';
import type { Finding } from '../../../relay/doctor/Finding';
import { outsideOf, reachRelay } from '../../../relay/doctor/examine';
import { DEFAULT_SETTINGS } from '../../../relay/settings/RelaySettings';
import { type IceServerAddress, readIceUrl } from '../../../relay/turn/iceUrl';
import { passData } from '../../../relay/turn/passData';
import { mappedAddresses } from '../../../relay/turn/mappedAddresses';
import type { TurnCredentials } from '../../../relay/turn/TurnAllocation';
import { TurnError } from '../../../relay/turn/TurnError';
import type { IceServer } from '../../../shared/protocol/relay';

/** How long each step may take, in ms. */
const STEP_MS = 8_000;

/** Addresses of TURN servers that are asked, and how long all of them may take, in ms: a relay may name 64, and none of them answer. */
const MAX_TURN_ADDRESSES = 6;
const ALL_TURN_MS = 3 * STEP_MS;

/**
 * Asks the relay and the ICE servers that are set, and nobody else.
 * @param times how long each TURN server, and all together, may take, in ms
 */
export async function askInternet(
  { iceServers, relayUrl }: InternetWay,
  times = { stepMs: STEP_MS, allMs: ALL_TURN_MS },
): Promise<MeasuredInternet> {
  const asked = relayUrl === null ? null : await askRelay(relayUrl);
  const servers = iceServers.length > 0 ? iceServers : (asked?.servers ?? []);
  const stun = await askStun(servers);
  return { relay: asked?.relay ?? null, stun, turn: await askTurnServers(servers, times) };
}

/** One after the other: a server bounds how much one person has of it. */
async function askTurnServers(
  servers: readonly IceServer[],
  { stepMs, allMs }: { stepMs: number; allMs: number },
): Promise<MeasuredTurn[]> {
  const addresses = servers.flatMap(({ credential, urls, username }) =>
    urls.flatMap((url) => {
      const server = readIceUrl(url);
      if (server?.kind !== 'turn' || credential === undefined || username === undefined) return [];
      return [{ url, server, credentials: { username, credential } }];
    }),
  );
  const all = AbortSignal.timeout(allMs);
  const turn: MeasuredTurn[] = [];
  for (const { url, server, credentials } of addresses.slice(0, MAX_TURN_ADDRESSES)) {
    if (all.aborted) break;
    const signal = AbortSignal.any([all, AbortSignal.timeout(stepMs)]);
    turn.push(await askTurn(url, server, credentials, signal));
  }
  return turn;
}

async function askRelay(
  relayUrl: string,
): Promise<{ relay: MeasuredInternet['relay']; servers: readonly IceServer[] }> {
  const findings: Finding[] = [];
  const report = (finding: Finding): void => void findings.push(finding);
  const outside = outsideOf(relayUrl, DEFAULT_SETTINGS, { report, timeoutMs: STEP_MS });
  const servers = await reachRelay(outside);
  const clock = findings.find(({ code }) => code === 'clock-wrong')?.facts;
  const ahead = Number(clock?.['seconds'] ?? 0) * (clock?.['direction'] === 'behind' ? -1 : 1);
  // How the relay counts its clients is its owner's business, and keeps nobody from meeting.
  const isOwners = (code: string): boolean => /^(proxy|clock|relay-old)/.test(code);
  const trouble = findings.find(({ code, level }) => level === 'bad' && !isOwners(code))?.code ?? null;
  return { relay: { trouble, clockAheadS: ahead }, servers: servers ?? [] };
}

/** Asks two STUN servers from one socket, as only that shows what a NAT makes of it; TURN servers answer the same question. */
async function askStun(servers: readonly IceServer[]): Promise<MeasuredStun[]> {
  const urls = servers
    .flatMap(({ urls }) => urls)
    .filter((url) => readIceUrl(url)?.transport === 'udp')
    .slice(0, 2);
  const addresses = urls.map(readIceUrl).filter((server) => server !== null);
  const { local, mapped } = await mappedAddresses(addresses, AbortSignal.timeout(STEP_MS));
  return urls.map((url, index) => ({ url, mapped: mapped[index] ?? null, local }));
}

async function askTurn(
  url: string,
  server: IceServerAddress,
  credentials: TurnCredentials,
  signal: AbortSignal,
): Promise<MeasuredTurn> {
  try {
    const { roundTripMs } = await passData(server, credentials, { signal });
    return { url, roundTripMs: Math.round(roundTripMs), word: null };
  } catch (error) {
    if (error instanceof TurnError) return { url, roundTripMs: null, word: error.message };
    throw error;
  }
}
