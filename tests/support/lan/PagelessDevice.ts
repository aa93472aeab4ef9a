import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { AppBackend } from '../../../src/backend/createBackend';
import { createNodeBackend } from '../../../src/main/node/createNodeBackend';
import type { TrustPermissions } from '../../../src/shared/contract/trust';
import { HitherError } from '../../../src/shared/errors';
import { HubPage } from './HubPage';
import { newId } from './SessionEnd';
import { silentLog } from './silentLog';

/** What a dial fails with while the other device is about to be found. */
const NOT_FOUND_YET = ['unknown-device', 'unreachable', 'not-hither', 'wrong-device'];

/** A whole backend with its profile, on the network, that has pages only where a test opens them. */
export class PagelessDevice {
  deviceId = '';
  #backend: AppBackend | null = null;

  private constructor(
    readonly name: string,
    readonly dir: string,
  ) {}

  static async start(name: string): Promise<PagelessDevice> {
    const device = new PagelessDevice(name, await mkdtemp(join(tmpdir(), 'hither-pageless-')));
    await mkdir(device.downloadsDir);
    await mkdir(device.profileDir);
    await writeFile(join(device.profileDir, 'settings.json'), JSON.stringify({ nearby: true }));
    await device.run();
    return device;
  }

  get profileDir(): string {
    return join(this.dir, 'profile');
  }

  get downloadsDir(): string {
    return join(this.dir, 'downloads');
  }

  get backend(): AppBackend {
    if (this.#backend === null) throw new Error(`${this.name} does not run`);
    return this.#backend;
  }

  /** Starts its backend, for the first time or again. */
  async run(): Promise<void> {
    this.#backend = await createNodeBackend({
      ...{ profileDir: this.profileDir, downloadsDir: this.downloadsDir, name: this.name },
      appVersion: '0.1.0',
      shell: { runtime: 'headless' },
      log: silentLog,
    });
    await this.#backend.start();
  }

  async stop(): Promise<void> {
    await this.backend.close();
    this.#backend = null;
  }

  /** Opens its page. */
  async page(): Promise<HubPage> {
    const page = await HubPage.open(this.backend);
    this.deviceId = (await page.attach()).device.deviceId;
    return page;
  }

  /** Stops it, and removes all it knows. */
  async remove(): Promise<void> {
    if (this.#backend) await this.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}

/**
 * Dials a device as soon as discovery knows where it is.
 * @throws HitherError what the device refuses with
 */
export async function connectFrom(page: HubPage, { deviceId }: PagelessDevice): Promise<string> {
  const sessionId = newId();
  const target = { kind: 'device', deviceId } as const;
  return vi.waitUntil(
    () =>
      page.request('sessions:connect', { sessionId, target }).then(
        () => sessionId,
        (error: unknown) => {
          if (error instanceof HitherError && NOT_FOUND_YET.includes(error.code)) return null;
          throw error;
        },
      ),
    { timeout: 15_000, interval: 100 },
  );
}

/** Two people meet, compare codes and trust each other's device; `to` grants these permissions. */
export async function makeTrusted(
  from: PagelessDevice,
  to: PagelessDevice,
  permissions: TrustPermissions,
): Promise<void> {
  const [there, here] = [await to.page(), await from.page()];
  const sessionId = await connectFrom(here, to);
  await there.untilPhase(sessionId, 'asked');
  await there.request('sessions:accept', { sessionId });
  await here.untilPhase(sessionId, 'verifying');
  for (const page of [here, there]) await page.request('sessions:verify', { sessionId, trust: true });
  await here.untilPhase(sessionId, 'connected');
  for (const [page, deviceId] of [
    [there, from.deviceId],
    [here, to.deviceId],
  ] as const)
    await page.request('trust:update', { deviceId, permissions });
  await here.request('sessions:end', { sessionId, reason: 'left' });
  for (const page of [here, there]) page.close();
}
