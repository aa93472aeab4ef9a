/** Tries TURN servers from where it runs: a question a line comes in as JSON, and its answer goes out the same way. */
import { createInterface } from 'node:readline';
import { readIceUrl } from '../../../src/relay/turn/iceUrl';
import { passData } from '../../../src/relay/turn/passData';
import { TurnAllocation } from '../../../src/relay/turn/TurnAllocation';
import { TurnError } from '../../../src/relay/turn/TurnError';
import type { TurnAnswer, TurnQuestion } from './TurnClientProcess';

const WITHIN_MS = 15_000;

async function answer({ ca, credentials, peer, url }: TurnQuestion): Promise<string> {
  const server = readIceUrl(url);
  if (server === null) throw new Error(`no address of a TURN server: ${url}`);
  const options = { signal: AbortSignal.timeout(WITHIN_MS), ca };
  if (peer === undefined && credentials !== null) return (await passData(server, credentials, options)).way;
  const allocation = await TurnAllocation.open(server, credentials, options);
  try {
    if (peer !== undefined) await allocation.permit(peer);
  } finally {
    await allocation.close();
  }
  return 'granted';
}

for await (const line of createInterface({ input: process.stdin })) {
  const said: TurnAnswer = await answer(JSON.parse(line) as TurnQuestion).catch((error: unknown) => {
    if (!(error instanceof TurnError)) throw error;
    return error.message;
  });
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
