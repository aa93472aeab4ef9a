import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { findProgram } from '../../../scripts/chromium.mjs';
import { coturnConfig } from '../../../src/relay/coturn/coturnConfig';
import { iceServers } from '../../../src/relay/server/turnCredentials';
import { type CoturnSettings, DEFAULT_SETTINGS } from '../../../src/relay/settings/RelaySettings';
import type { TurnCredentials } from '../../../src/relay/turn/TurnAllocation';
import { RELAY_PORT } from '../../../src/shared/protocol/relay';
import { makeScratchFolder, removeScratchFolder } from '../app/scratchFolder';
import { Network, type NetworkHost } from '../lab/Network';
import { labProblem } from '../lab/requirements';
import { stopProcess } from '../lab/stopProcess';
import { makeTestCertificate } from '../tls/testCertificate';
import { TurnClientProcess } from './TurnClientProcess';

const RELAY = join(import.meta.dirname, '../relay/clockedRelay.ts');
const DOCTOR = join(import.meta.dirname, '../../../src/relay/index.ts');
export const SECRET = 'a secret of this test alone';
/** coturn is up within a second; a machine under load takes longer. */
const START_MS = 20_000;

interface Turn {
  server: NetworkHost;
  client: TurnClientProcess;
  clientHost: NetworkHost;
  peer: NetworkHost;
  dir: string;
  /** Runs something on one of the hosts until the test is over. */
  run: (host: NetworkHost, ...command: Parameters<NetworkHost['wrap']>) => void;
}

export const test = base.extend<{ turn: Turn }>({
  turn: async ({}, provide) => {
    const dir = await makeScratchFolder();
    const network = await Network.create();
    const started: ChildProcess[] = [];
    const [server, clientHost, peer] = [
      await network.addHost(),
      await network.addHost(),
      await network.addHost(),
    ];
    const client = new TurnClientProcess(clientHost);
    await provide({
      ...{ server, client, clientHost, peer, dir },
      run: (host, ...command) => {
        const [program, ...args] = host.wrap(...command);
        started.push(spawn(program, args, { stdio: 'ignore' }));
      },
    });
    await client.stop();
    for (const child of started) await stopProcess(child, 'SIGKILL');
    await network.remove();
    await removeScratchFolder(dir);
  },
});

/** Why these tests can't run here, or `null`. */
export function turnProblem(): string | null {
  return labProblem() ?? (findProgram('turnserver') === null ? 'missing: coturn' : null);
}

interface CoturnOptions {
  change?: Partial<CoturnSettings>;
  /** What somebody did to the configuration by hand. */
  edit?: (config: string) => string;
}

/** Starts a coturn as the relay's settings say, and waits until it answers. @returns what the relay tells its members */
export async function startCoturn(
  { client, server, dir, run }: Turn,
  { change = {}, edit = (config) => config }: CoturnOptions = {},
): Promise<{ credentials: TurnCredentials; ca: string }> {
  const { certificatePem: ca, keyPem } = makeTestCertificate({ names: [server.addressV4] });
  const tls = { certFile: join(dir, 'cert.pem'), keyFile: join(dir, 'key.pem') };
  await writeFile(tls.certFile, ca);
  await writeFile(tls.keyFile, keyPem);
  const url = `turn:${server.addressV4}`;
  const settings = {
    ...DEFAULT_SETTINGS,
    turn: { urls: [url, `turns:${server.addressV4}`], secret: SECRET, ttlS: 900 },
    coturn: { ...DEFAULT_SETTINGS.coturn, tls, ...change },
  };
  const file = join(dir, 'turnserver.conf');
  await writeFile(file, edit(coturnConfig(settings)));
  run(server, 'turnserver', '-c', file, '--pidfile', join(dir, 'pid'), '--userdb', join(dir, 'db'));
  await expect
    .poll(() => client.ask({ url, credentials: null }), { timeout: START_MS })
    .toMatch(/refused 401|granted/);
  const { username = '', credential = '' } = iceServers(settings, Date.now()).servers[0] ?? {};
  return { credentials: { username, credential }, ca };
}

/** Starts a relay beside the coturn, and looks at both from the client's host. @returns the doctor's exit code and findings */
export function doctor(
  { clientHost, dir, run, server }: Turn,
  clockAheadMs = 0,
): { status: number | null; codes: string[] } {
  const address = server.addressV4;
  const settings = [
    `HITHER_RELAY_PUBLIC_URL=http://${address}:${RELAY_PORT}`,
    `HITHER_RELAY_TURN_URL=turn:${address} turn:${address}?transport=tcp turns:${address}`,
    `HITHER_RELAY_TURN_SECRET=${SECRET}`,
    `NODE_EXTRA_CA_CERTS=${join(dir, 'cert.pem')}`,
  ];
  const node = [process.execPath, '--import', 'tsx'] as const;
  run(server, 'env', ...settings, ...node, RELAY, String(clockAheadMs));
  const [program, ...args] = clientHost.wrap('env', ...settings, ...node, DOCTOR, 'doctor');
  for (;;) {
    const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
    // The relay may not listen yet.
    if (stdout.includes('[address-unreachable]')) continue;
    return { status, codes: [...stdout.matchAll(/\[([a-z-]+)\]$/gm)].map(([, code = '']) => code) };
  }
}
