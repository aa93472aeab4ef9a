import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { FileStorage } from '../../../src/main/node/storage/FileStorage';
import { systemClock } from '../../../src/main/node/systemClock';
import { TrustStore } from '../../../src/backend/trust/TrustStore';
import { type EndOptions, SessionEnd } from './SessionEnd';
import { silentLog } from './silentLog';

const closers: (() => unknown)[] = [];

/** Has something closed when the test is over, before what was opened earlier. */
export function afterwards(close: () => unknown): void {
  closers.push(close);
}

/** A list of trusted devices in a profile of its own. */
export async function trustStore(): Promise<TrustStore> {
  const profileDir = await mkdtemp(join(tmpdir(), 'hither-trust-'));
  const storage = new FileStorage(profileDir, silentLog);
  const trust = await TrustStore.open({ storage, clock: systemClock, log: silentLog });
  afterwards(async () => {
    await trust.flushed();
    await rm(profileDir, { recursive: true, force: true });
  });
  return trust;
}

/** A listening end that is closed when the test is over. */
export async function end(options?: EndOptions): Promise<SessionEnd> {
  const made = await new SessionEnd(await trustStore(), options).listen();
  afterwards(() => made.close());
  return made;
}

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
