import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionInfo, SessionPhase } from '../../src/shared/contract/sessions';
import { describe, expect, it, vi } from 'vitest';
import type { AppBackend } from '../../src/backend/createBackend';
import { createNodeBackend } from '../../src/main/node/createNodeBackend';
import { PageServer } from '../../src/main/web/PageServer';
import type { EventData, EventName } from '../../src/shared/contract/contract';
import { afterwards } from '../support/lan/opened';
import { SOME_FINGERPRINT } from '../support/lan/identities';
import { pageClient } from '../support/lan/PageClient';
import { newId } from '../support/lan/SessionEnd';
import { silentLog } from '../support/lan/silentLog';

async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'hither-backend-'));
  afterwards(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

interface Running {
  backend: AppBackend;
  server: PageServer;
  profileDir: string;
}

/** A whole headless backend, page server included. */
async function run(name: string, settings?: object | string, at?: string): Promise<Running> {
  const profileDir = at ?? (await temporaryDir());
  if (settings !== undefined) {
    const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
    await writeFile(join(profileDir, 'settings.json'), text);
  }
  const backend = await createNodeBackend({
    profileDir,
    name,
    downloadsDir: join(profileDir, 'downloads'),
    appVersion: '0.1.0',
    shell: { runtime: 'headless' },
    log: silentLog,
  });
  afterwards(() => backend.close());
  await writeFile(join(profileDir, 'index.html'), '<!doctype html>');
  const server = new PageServer({ pageDir: profileDir, port: 0, hub: backend.hub, log: silentLog });
  await server.start();
  afterwards(() => server.close());
  await backend.start();
  return { backend, server, profileDir };
}

/** A page of a backend that has attached, and what it was told. */
async function page({ server }: Running) {
  const { backend, socket } = pageClient(server.url);
  const events: { name: EventName; data: unknown }[] = [];
  const names: EventName[] = [
    'app:superseded',
    'app:notices',
    'settings:changed',
    'nearby:changed',
    'sessions:changed',
    'sessions:message',
    'sessions:ended',
    'texts:changed',
  ];
  for (const name of names) backend.on(name, (data) => events.push({ name, data }));
  const state = await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
  const until = async <E extends EventName>(name: E): Promise<EventData<E>> =>
    vi.waitUntil(() => events.find((event) => event.name === name)?.data as EventData<E> | undefined, 8_000);
  const untilPhase = async (phase: SessionPhase): Promise<unknown> =>
    vi.waitUntil(
      () =>
        events.some(({ name, data }) => name === 'sessions:changed' && (data as SessionInfo).phase === phase),
      8_000,
    );
  return { backend, socket, state, events, until, untilPhase };
}

describe('a backend and its page', () => {
  it('starts a fresh profile off the network, with the person not asked yet', async () => {
    const running = await run('Anna');
    const { state } = await page(running);
    expect(state.device).toMatchObject({ name: 'Anna', appVersion: '0.1.0' });
    expect(state.settings).toMatchObject({ name: 'Anna', nearby: null, language: 'system' });
    expect(state.nearby).toMatchObject({ isOn: false, problems: ['off'], ownAddresses: [] });
    expect(state.capabilities).toEqual({
      runtime: 'headless',
      hasSourcePicker: false,
      canChooseFolder: false,
      canReveal: false,
      canNotify: false,
      canOpenLinks: false,
      canKeepRunning: false,
      canShareSound: false,
      canHideWindow: false,
      hasMuteKey: false,
    });
    expect(state).toMatchObject({ sessions: [], transfers: [], notices: [] });
    const { mode } = await stat(join(running.profileDir, 'identity.json'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('keeps a change of settings and tells the page, but never writes down the command line’s', async () => {
    const running = await run('Anna');
    const { backend, until } = await page(running);
    await backend.request('settings:update', { theme: 'dark' });
    expect(await until('settings:changed')).toMatchObject({ theme: 'dark', name: 'Anna' });
    const stored = JSON.parse(await readFile(join(running.profileDir, 'settings.json'), 'utf8')) as object;
    expect(stored).toMatchObject({ theme: 'dark' });
    expect(stored).not.toMatchObject({ name: 'Anna' });
    await backend.request('settings:update', { name: '  Anna B.  ' });
    const { settings, device } = await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    expect([settings.name, device.name]).toEqual(['Anna B.', 'Anna B.']);
  });

  it('refuses a downloads folder that is not there', async () => {
    const { backend } = await page(await run('Anna'));
    await expect(
      backend.request('settings:update', { downloadsDir: '/does/not/exist' }),
    ).rejects.toMatchObject({ code: 'folder-missing' });
  });

  it('refuses what its shell can’t do, and what is no request at all', async () => {
    const { backend } = await page(await run('Anna'));
    await expect(backend.request('folders:choose', {})).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(backend.request('capture:sources', {})).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(
      backend.request('app:shutdown' as 'app:dismissNotice', { noticeId: 'x' }),
    ).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(backend.request('sessions:end', { sessionId: 'no', reason: 'left' })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('serves one page at a time: the newest', async () => {
    const running = await run('Anna');
    const first = await page(running);
    const second = await page(running);
    await first.until('app:superseded');
    await expect(first.backend.request('nearby:refresh', {})).rejects.toMatchObject({ code: 'not-allowed' });
    await second.backend.request('settings:update', { theme: 'light' });
    await second.until('settings:changed');
    expect(first.events.map(({ name }) => name)).toEqual(['app:superseded']);
    await first.backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    await second.until('app:superseded');
  });

  it('sets a corrupt settings file aside, starts with defaults and says so until told', async () => {
    const { profileDir, server, backend } = await run('Anna', '{"name": ');
    const { state, backend: client, until } = await page({ profileDir, server, backend });
    const [notice] = state.notices;
    expect(notice).toMatchObject({ code: 'settings-corrupt' });
    expect(await readFile(`${profileDir}/settings.json.corrupt-1`, 'utf8')).toBe('{"name": ');
    await client.request('app:dismissNotice', { noticeId: notice?.noticeId ?? '' });
    expect(await until('app:notices')).toEqual({ notices: [] });
  });

  it('says so where its identity or its list of trusted devices was lost, and has new ones', async () => {
    const at = await temporaryDir();
    await writeFile(join(at, 'identity.json'), 'gone');
    await writeFile(join(at, 'trusted.json'), 'gone');
    const { state } = await page(await run('Anna', undefined, at));
    expect(state.notices).toMatchObject([
      { code: 'identity-lost', facts: { file: join(at, 'identity.json.corrupt-1') } },
      { code: 'trusted-corrupt', facts: { file: join(at, 'trusted.json.corrupt-1') } },
    ]);
    expect(state).toMatchObject({
      trusted: [],
      identityKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it('keeps a profile to itself, and gives it back', async () => {
    const { profileDir, backend, server } = await run('Anna');
    await expect(run('Ben', undefined, profileDir)).rejects.toMatchObject({ name: 'ProfileInUseError' });
    const { state } = await page({ profileDir, backend, server });
    await backend.close();
    const again = await page(await run('Anna', undefined, profileDir));
    expect(again.state.device.deviceId).toBe(state.device.deviceId);
  });

  it('closes the socket of a page that breaks the frame format', async () => {
    const { socket } = await page(await run('Anna'));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send('not a frame');
    expect(await closed).toBe(1002);
  });
});

describe('two backends', () => {
  it('find each other, and carry messages once both people have agreed', async () => {
    const anna = await page(await run('Anna', { nearby: true }));
    const ben = await page(await run('Ben', { nearby: true }));
    const { deviceId } = ben.state.device;
    const seen = async () => {
      const { nearby } = await anna.backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      return nearby.devices.map(({ device }) => device.deviceId);
    };
    await expect.poll(seen).toContain(deviceId);
    const sessionId = newId();
    const target = { kind: 'device', deviceId } as const;
    const session = await anna.backend.request('sessions:connect', { sessionId, target });
    expect(session).toMatchObject({ peer: { name: 'Ben' }, phase: 'asking' });
    expect(await ben.until('sessions:changed')).toMatchObject({
      ...{ sessionId, phase: 'asked', peer: { name: 'Anna' } },
    });
    await ben.backend.request('sessions:accept', { sessionId });
    await anna.untilPhase('verifying');
    for (const each of [anna, ben])
      await each.backend.request('sessions:verify', { sessionId, trust: false });
    await anna.untilPhase('connected');
    const [feature, body] = ['links', { type: 'relink', link: 0 }];
    await ben.backend.request('sessions:send', { sessionId, feature, body });
    expect(await anna.until('sessions:message')).toEqual({ sessionId, feature, body });
    await anna.backend.request('texts:send', { sessionId, text: '안녕' });
    expect((await ben.until('texts:changed')).changed).toMatchObject([{ direction: 'in', text: '안녕' }]);
    await anna.backend.request('sessions:end', { sessionId, reason: 'left' });
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'left', by: 'peer' });
    // What was written is the device's, and stays for the next page.
    const { texts } = await ben.backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    expect(texts).toMatchObject([{ deviceId: anna.state.device.deviceId, texts: [{ text: '안녕' }] }]);
  });

  it('lets a session live on when nearby is turned off, and refuse new ones', async () => {
    const anna = await page(await run('Anna', { nearby: true }));
    const ben = await page(await run('Ben', { nearby: true }));
    const address = ben.state.nearby.ownAddresses[0] ?? '';
    const target = { kind: 'address', address } as const;
    const sessionId = newId();
    await anna.backend.request('sessions:connect', { sessionId, target });
    await ben.until('sessions:changed');
    await ben.backend.request('settings:update', { nearby: false });
    await expect
      .poll(() => ben.events)
      .toContainEqual({ name: 'nearby:changed', data: expect.objectContaining({ isOn: false }) as object });
    await ben.backend.request('sessions:accept', { sessionId });
    await anna.untilPhase('verifying');
    const carol = await page(await run('Carol'));
    await expect(
      carol.backend.request('sessions:connect', { sessionId: newId(), target }),
    ).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('tell each other when one is closed', async () => {
    const running = await run('Anna', { nearby: true });
    const anna = await page(running);
    const ben = await page(await run('Ben', { nearby: true }));
    const target = { kind: 'address', address: ben.state.nearby.ownAddresses[0] ?? '' } as const;
    const sessionId = newId();
    await anna.backend.request('sessions:connect', { sessionId, target });
    await running.backend.close();
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'closed', by: 'peer' });
  });
});
