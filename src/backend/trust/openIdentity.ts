import { randomBytes } from 'node:crypto';
import { chmod, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Identity, identityOf } from '../../shared/identity/identity';
import type { Log } from '../../main/node/log';
import { atomicWrite } from '../../main/node/storage/atomicWrite';
import { keepAside } from '../../main/node/storage/keepAside';
import { fileVault, type KeyVault, VaultKind, VaultLockedError } from './KeyVault';

/** The profile's identity as it is on the disk. */
const IdentityFile = z.object({
  format: z.literal(1),
  vault: VaultKind,
  /** What the vault made of the 32 secret bytes. */
  secret: z.string().min(1).max(16_384),
});

export interface OpenIdentityOptions {
  profileDir: string;
  /** Where a new key goes; a stored one says itself where it is. */
  vault: KeyVault;
  log: Log;
}

export interface OpenedIdentity {
  identity: Identity;
  /** Where an identity that could not be read was put, or `null`. Other devices' trust went with it. */
  lostFile: string | null;
}

/**
 * This profile's identity: made at first start, then read. One that can't be read is kept aside and a new one made.
 * @throws VaultLockedError if it is in a keychain that does not open now, or Error of the file system
 */
export async function openIdentity(options: OpenIdentityOptions): Promise<OpenedIdentity> {
  const { profileDir, log } = options;
  const file = join(profileDir, 'identity.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return { identity: await makeIdentity(file, options), lostFile: null };
  await mendMode(file, log);
  try {
    return { identity: identityOf(await secretIn(text, options.vault)), lostFile: null };
  } catch (error) {
    if (error instanceof VaultLockedError) throw error;
    const lostFile = await keepAside(file);
    log.error('identity', { problem: 'unreadable', keptAs: lostFile, error });
    return { identity: await makeIdentity(file, options), lostFile };
  }
}

async function makeIdentity(
  file: string,
  { vault, profileDir, log }: OpenIdentityOptions,
): Promise<Identity> {
  const secret = new Uint8Array(randomBytes(32));
  const stored = { format: 1, vault: vault.kind, secret: await vault.protect(secret) };
  await atomicWrite(file, `${JSON.stringify(stored)}\n`);
  // What was there before there were keys: an id that proves nothing.
  await rm(join(profileDir, 'device.json'), { force: true });
  const identity = identityOf(secret);
  log.info('identity', { to: 'made', vault: vault.kind, deviceId: identity.deviceId });
  return identity;
}

async function secretIn(text: string, vault: KeyVault): Promise<Uint8Array> {
  const { vault: kind, secret } = IdentityFile.parse(JSON.parse(text));
  const holder = [vault, fileVault].find((each) => each.kind === kind);
  if (holder === undefined) throw new Error(`no ${kind} here`);
  return holder.reveal(secret);
}

/** The file must be its owner's alone, whatever has been done to it; Windows has no such bits. */
async function mendMode(file: string, log: Log): Promise<void> {
  const { mode } = await stat(file);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return;
  await chmod(file, 0o600);
  log.warn('identity', { problem: 'others could read it', mode: (mode & 0o777).toString(8), to: '600' });
}
