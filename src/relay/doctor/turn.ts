import { BlockList, isIP } from 'node:net';
import type { IceServer } from '../../shared/protocol/relay';
import { StunMethod } from '../../shared/stun/message';
import { isPrivateAddress } from '../server/isPrivateAddress';
import { iceServers } from '../server/turnCredentials';
import { type IceServerAddress, readIceUrl } from '../turn/iceUrl';
import { passData, type TurnTrialOptions } from '../turn/passData';
import { StunClient } from '../turn/StunClient';
import { TurnAllocation, type TurnCredentials } from '../turn/TurnAllocation';
import { TurnError } from '../turn/TurnError';
import { bad, type Facts, type Finding, good, hint } from './Finding';
import type { Outside } from './Outside';

/** Where a TURN server must lead nobody: itself, its network, and what clouds tell machines about themselves. */
const INSIDE = ['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.169.254'];
/** Time between now and the end of credentials that no clock takes for run out, in ms: ten years. */
const LONG_MS = 10 * 365 * 86_400_000;

/** Refusals of a server that has no room (RFC 8656 §15). */
const FULL = [486, 508];

/** Tries what members are told, each address by itself, with the credentials that they are told with it. */
export async function tryIceServers(outside: Outside, servers: readonly IceServer[]): Promise<void> {
  const { report, settings } = outside;
  const urls = servers.flatMap(({ urls }) => urls.map(readIceUrl)).filter((server) => server !== null);
  const turns = urls.filter(({ kind }) => kind === 'turn');
  if (turns.length === 0) report(settings.turn === null ? hint('turn-none') : bad('turn-not-told'));
  else if (turns.every(({ transport }) => transport === 'udp')) report(hint('turn-only-udp'));
  for (const { credential, urls: each, username } of servers)
    for (const url of each) {
      const server = readIceUrl(url);
      if (server?.kind === 'stun') report(await tryStun(outside, url, server));
      else if (server !== null && username !== undefined && credential !== undefined)
        await tryTurn(outside, url, server, { username, credential });
    }
}

function trialOf({ ca, timeoutMs }: Outside): TurnTrialOptions {
  return { ca, signal: AbortSignal.timeout(timeoutMs) };
}

async function tryStun(outside: Outside, url: string, server: IceServerAddress): Promise<Finding> {
  try {
    const client = await StunClient.open(server, trialOf(outside));
    await client.request(StunMethod.binding).finally(() => {
      client.close();
    });
    return good('stun-good', { url });
  } catch (error) {
    if (error instanceof TurnError) return bad('stun-silent', { url });
    throw error;
  }
}

async function tryTurn(
  outside: Outside,
  url: string,
  server: IceServerAddress,
  credentials: TurnCredentials,
): Promise<void> {
  const { report } = outside;
  const trial = await passData(server, credentials, trialOf(outside)).catch(turnErrorOf);
  if (!(trial instanceof TurnError)) {
    const { host } = trial.relayed;
    report(good('turn-good', { url, roundTripMs: Math.round(trial.roundTripMs) }));
    if (isPrivateAddress(host) && !isPrivateAddress(trial.mapped.host))
      report(bad('turn-private-address', { url, address: host }));
  } else report(await findingOf(outside, url, server, trial));
  // What keeps everybody out, keeps the doctor out too.
  if (trial instanceof TurnError && trial.trouble !== 'no-data' && trial.status !== 403) return;
  await tryWithoutCredentials(outside, url, server);
  await tryInside(outside, url, server, credentials);
}

/** What a trouble means; asks once more where a refusal has two reasons. */
async function findingOf(
  outside: Outside,
  url: string,
  server: IceServerAddress,
  error: TurnError,
): Promise<Finding> {
  if (error.status !== 401) return turnFinding(url, error);
  const { turn } = outside.settings;
  const isClock =
    turn !== null &&
    (await isServed(
      outside,
      server,
      credentialsOf(iceServers({ stunUrls: [], turn }, Date.now() + LONG_MS)),
    ));
  return bad(isClock ? 'turn-clock' : 'turn-secret', { url, status: error.status });
}

function credentialsOf({ servers }: { servers: IceServer[] }): TurnCredentials | null {
  const [{ credential, username } = {}] = servers;
  return credential === undefined || username === undefined ? null : { credential, username };
}

/** The finding for each trouble of a TURN server. */
function turnFinding(url: string, { status, trouble, word }: TurnError): Finding {
  const facts: Facts = { url, status: status ?? 0, word: word ?? trouble };
  switch (trouble) {
    case 'refused':
      return bad(FULL.includes(status ?? 0) ? 'turn-full' : 'turn-refused', facts);
    case 'silent':
      return bad('turn-silent', facts);
    case 'unreachable':
      return bad('turn-unreachable', facts);
    case 'tls':
      return bad('turn-certificate', facts);
    case 'nonsense':
      return bad('turn-nonsense', facts);
    case 'no-data':
      return bad('turn-no-data', facts);
    case 'unsupported':
      return hint('turn-dtls', facts);
  }
}

async function tryWithoutCredentials(outside: Outside, url: string, server: IceServerAddress): Promise<void> {
  if (await isServed(outside, server, null)) outside.report(bad('turn-anybody', { url }));
}

async function isServed(
  outside: Outside,
  server: IceServerAddress,
  credentials: TurnCredentials | null,
): Promise<boolean> {
  const allocation = await TurnAllocation.open(server, credentials, trialOf(outside)).catch(turnErrorOf);
  if (allocation instanceof TurnError) return false;
  await allocation.close();
  return true;
}

/** Asks to be led inside, where the settings allow nobody. */
async function tryInside(
  outside: Outside,
  url: string,
  server: IceServerAddress,
  credentials: TurnCredentials,
): Promise<void> {
  const { report, settings } = outside;
  const allowed = rangesOf(settings.coturn.allowedPeers);
  const allocation = await TurnAllocation.open(server, credentials, trialOf(outside)).catch(turnErrorOf);
  if (allocation instanceof TurnError) return;
  const open: string[] = [];
  for (const peer of INSIDE.filter((each) => !allowed.check(each))) {
    const refusal = await allocation.permit(peer).then(() => null, turnErrorOf);
    if (refusal === null) open.push(peer);
  }
  await allocation.close();
  for (const peer of open) report(bad('turn-leads-inside', { url, peer }));
  if (open.length === 0) report(good('turn-closed-inside', { url }));
}

function rangesOf(texts: readonly string[]): BlockList {
  const ranges = new BlockList();
  for (const text of texts) {
    const [from = '', to = from] = text.split('-');
    ranges.addRange(from, to, isIP(from) === 6 ? 'ipv6' : 'ipv4');
  }
  return ranges;
}

function turnErrorOf(error: unknown): TurnError {
  if (error instanceof TurnError) return error;
  throw error;
}
