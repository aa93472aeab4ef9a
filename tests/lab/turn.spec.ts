/** A real coturn, set as the relay prints it: who has the relay's credentials gets through, and nobody else, and not everywhere. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { findProgram } from '../../scripts/chromium.mjs';
import { coturnConfig } from '../../src/relay/coturn/coturnConfig';
import { iceServers } from '../../src/relay/server/turnCredentials';
import { type CoturnSettings, DEFAULT_SETTINGS } from '../../src/relay/settings/RelaySettings';
import type { TurnCredentials } from '../../src/relay/turn/TurnAllocation';
import { RELAY_PORT } from '../../src/shared/protocol/relay';
import { makeScratchFolder, removeScratchFolder } from '../support/app/scratchFolder';
import { Network, type NetworkHost } from '../support/lab/Network';
import { labProblem } from '../support/lab/requirements';
import { stopProcess } from '../support/lab/stopProcess';
import { makeTestCertificate } from '../support/tls/testCertificate';
import { TurnClientProcess } from '../support/turn/TurnClientProcess';

const RELAY = join(import.meta.dirname, '../support/relay/clockedRelay.ts');
const DOCTOR = join(import.meta.dirname, '../../src/relay/index.ts');
const SECRET = 'a secret of this test alone';
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

const test = base.extend<{ turn: Turn }>({
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

test.skip(labProblem() !== null, labProblem() ?? '');
test.skip(findProgram('turnserver') === null, 'missing: coturn');

interface CoturnOptions {
  change?: Partial<CoturnSettings>;
  /** What somebody did to the configuration by hand. */
  edit?: (config: string) => string;
}

/** Starts a coturn as the relay's settings say, and waits until it answers. @returns what the relay tells its members */
async function startCoturn(
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
function doctor(
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

test('credentials of the relay pass data, over UDP, TCP and TLS, and others pass none', async ({ turn }) => {
  const { client, server } = turn;
  const { ca, credentials } = await startCoturn(turn, { change: { allowedPeers: [server.addressV4] } });
  const [plain, secure] = [`turn:${server.addressV4}`, `turns:${server.addressV4}`];
  for (const url of [plain, `${plain}?transport=tcp`, secure])
    expect(await client.ask({ url, credentials, ca }), url).toBe('relayed');
  expect(await client.ask({ url: secure, credentials })).toBe('tls DEPTH_ZERO_SELF_SIGNED_CERT');
  for (const other of [
    { ...credentials, credential: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
    { ...credentials, username: `${Math.floor(Date.now() / 1000) - 60}:late` },
    { username: '', credential: '' },
    null,
  ])
    for (const url of [plain, secure])
      expect(await client.ask({ url, credentials: other, ca }), other?.username).toBe('refused 401');
});

test('data reach a socket outside of a server that does not reach itself', async ({ turn }) => {
  const { client, server } = turn;
  const { credentials } = await startCoturn(turn, { change: { allowedPeers: [turn.clientHost.addressV4] } });
  expect(await client.ask({ url: `turn:${server.addressV4}`, credentials })).toBe('own-socket');
});

test('the TURN server leads nobody to private addresses or to itself', async ({ turn }) => {
  const { client, peer, server } = turn;
  const { credentials } = await startCoturn(turn);
  const url = `turn:${server.addressV4}`;
  for (const place of [peer.addressV4, '127.0.0.1', server.addressV4, '169.254.1.1'])
    expect(await client.ask({ url, credentials, peer: place }), place).toBe('refused 403');
  expect(await client.ask({ url, credentials, peer: '9.9.9.9' })).toBe('granted');
  expect(await client.ask({ url, credentials })).toBe('refused 403');
});

test.describe('relay doctor', () => {
  const reach = ['address-reachable', 'relay-alive', 'proxy-good'];

  test('finds all well where it is, over UDP, TCP and TLS', async ({ turn }) => {
    await startCoturn(turn, { change: { allowedPeers: [turn.server.addressV4] } });
    const each = ['turn-good', 'turn-closed-inside'];
    expect(doctor(turn)).toEqual({
      status: 0,
      codes: [...reach, 'clock-good', 'mailbox-good', ...each, ...each, ...each],
    });
  });

  for (const [what, edit, code, clockAheadMs] of [
    ['another secret', (config: string) => config.replace(SECRET, `not ${SECRET}`), 'turn-secret', 0],
    ['a relay whose clock is slow', (config: string) => config, 'turn-clock', -3_600_000],
    [
      'no list of what is inside',
      (config: string) => config.replaceAll(/^denied.*$/gm, ''),
      'turn-leads-inside',
      0,
    ],
    [
      'a door for anybody',
      (config: string) => config.replace(/^use-auth-secret\n.*$/m, 'no-auth'),
      'turn-anybody',
      0,
    ],
    [
      'no room',
      (config: string) => config.replace(/^user-quota.*$/m, 'user-quota=1').replace(/^denied.*$/gm, ''),
      'turn-full',
      0,
    ],
  ] as const)
    test(`tells of ${what}`, async ({ turn }) => {
      await startCoturn(turn, { change: { allowedPeers: [turn.server.addressV4] }, edit });
      const { codes, status } = doctor(turn, clockAheadMs);
      expect(codes).toContain(code);
      if (clockAheadMs !== 0) expect(codes).toContain('clock-wrong');
      expect(status).toBe(1);
    });
});
