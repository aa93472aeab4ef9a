/** A real coturn, set as the relay prints it: who has the relay's credentials gets through, and nobody else, and not everywhere. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { findProgram } from '../../scripts/chromium.mjs';
import { makeLaneIdentity } from '../../src/main/node/lanes/certificate';
import { coturnConfig } from '../../src/relay/coturn/coturnConfig';
import { iceServers } from '../../src/relay/server/turnCredentials';
import { type CoturnSettings, DEFAULT_SETTINGS } from '../../src/relay/settings/RelaySettings';
import { makeScratchFolder, removeScratchFolder } from '../support/app/scratchFolder';
import { Network, type NetworkHost } from '../support/lab/Network';
import { labProblem } from '../support/lab/requirements';

const SECRET = 'a secret of this test alone';
/** What `turnutils_uclient` sends to the peer and back, if it is let. */
const MESSAGES = 5;
/** coturn is up within a second; a machine under load takes longer. */
const START_MS = 20_000;

interface Turn {
  server: NetworkHost;
  client: NetworkHost;
  peer: NetworkHost;
  dir: string;
  /** Runs something on one of the hosts until the test is over. */
  run: (host: NetworkHost, ...command: Parameters<NetworkHost['wrap']>) => ChildProcess;
}

const test = base.extend<{ turn: Turn }>({
  turn: async ({}, provide) => {
    const dir = await makeScratchFolder();
    const network = await Network.create();
    const started: ChildProcess[] = [];
    const [server, client, peer] = [
      await network.addHost(),
      await network.addHost(),
      await network.addHost(),
    ];
    await provide({
      ...{ server, client, peer, dir },
      run: (host, ...command) => {
        const [program, ...args] = host.wrap(...command);
        const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
        started.push(child);
        return child;
      },
    });
    for (const child of started) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const over = once(child, 'exit');
      child.kill('SIGKILL');
      await over;
    }
    await network.remove();
    await removeScratchFolder(dir);
  },
});

test.skip(labProblem() !== null, labProblem() ?? '');
test.skip(findProgram('turnserver') === null, 'missing: coturn');

/** Starts a coturn as the relay's settings say; gives what the relay tells its members. */
async function startCoturn(
  { server, dir, run }: Turn,
  change: Partial<CoturnSettings> = {},
): Promise<{ username: string; credential: string }> {
  const { certificatePem, keyPem } = makeLaneIdentity();
  const tls = { certFile: join(dir, 'cert.pem'), keyFile: join(dir, 'key.pem') };
  await writeFile(tls.certFile, certificatePem);
  await writeFile(tls.keyFile, keyPem);
  const settings = {
    ...DEFAULT_SETTINGS,
    turn: { urls: [`turn:${server.addressV4}`, `turns:${server.addressV4}`], secret: SECRET, ttlS: 900 },
    coturn: { ...DEFAULT_SETTINGS.coturn, tls, ...change },
  };
  const file = join(dir, 'turnserver.conf');
  await writeFile(file, coturnConfig(settings));
  run(server, 'turnserver', '-c', file, '--pidfile', join(dir, 'pid'), '--userdb', join(dir, 'db'));
  const { username = '', credential = '' } = iceServers(settings, Date.now()).servers[0] ?? {};
  return { username, credential };
}

/** How many messages came back from the peer through the TURN server, and what was said of it. */
async function relayed(
  { server, client, peer, run }: Turn,
  { username, credential }: { username: string; credential: string },
  ...flags: string[]
): Promise<{ count: number; words: string }> {
  const child = run(
    client,
    ...['turnutils_uclient', '-c', '-n', String(MESSAGES), '-u', username, '-w', credential],
    ...['-e', peer.addressV4, ...flags, server.addressV4],
  );
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (words += text));
  // It tries for ever where it is refused.
  const cut = setTimeout(() => child.kill('SIGKILL'), 8_000);
  await once(child, 'exit');
  clearTimeout(cut);
  const counts = [...words.matchAll(/tot_recv_msgs=(\d+)/g)].map((match) => Number(match[1]));
  return { count: Math.max(0, ...counts), words };
}

test('credentials of the relay lead to the peer, over UDP, TCP and TLS, and others nowhere', async ({
  turn,
}) => {
  const allowed = { allowedPeers: [turn.peer.addressV4] };
  const credentials = await startCoturn(turn, allowed);
  turn.run(turn.peer, 'turnutils_peer', '-L', turn.peer.addressV4);
  await expect
    .poll(async () => (await relayed(turn, credentials)).count, { timeout: START_MS })
    .toBe(MESSAGES);
  expect((await relayed(turn, credentials, '-t')).count, 'TCP').toBe(MESSAGES);
  expect((await relayed(turn, credentials, '-t', '-S')).count, 'TLS').toBe(MESSAGES);
  for (const other of [
    { ...credentials, credential: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    { ...credentials, username: `${Math.floor(Date.now() / 1000) - 60}:late` },
    { username: '', credential: '' },
  ])
    expect((await relayed(turn, other)).count).toBe(0);
});

test('the TURN server leads nobody to private addresses or to itself', async ({ turn }) => {
  const credentials = await startCoturn(turn);
  turn.run(turn.peer, 'turnutils_peer', '-L', turn.peer.addressV4);
  await expect
    .poll(async () => (await relayed(turn, credentials)).words, { timeout: START_MS })
    .toContain('403');
  for (const place of ['127.0.0.1', turn.server.addressV4, '169.254.1.1']) {
    const { count, words } = await relayed(turn, credentials, '-e', place);
    expect(count).toBe(0);
    expect(words, place).toContain('403');
  }
});
