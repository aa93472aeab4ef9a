import { z } from 'zod';
import { type Identity, identityOf } from '../../shared/identity/identity';
import type { Log, ProfileStorage, Random } from '../ports';
import { fileVault, type KeyVault, VaultKind, VaultLockedError } from './KeyVault';

const DOCUMENT = 'identity.json';
const SECRET_BYTES = 32;

/** The profile's identity as it is stored. */
const IdentityFile = z.object({
  format: z.literal(1),
  vault: VaultKind,
  /** What the vault made of the secret bytes. */
  secret: z.string().min(1).max(16_384),
});

export interface OpenIdentityOptions {
  storage: ProfileStorage;
  /** Where a new key goes; a stored one says itself where it is. */
  vault: KeyVault;
  random: Random;
  log: Log;
}

export interface OpenedIdentity {
  identity: Identity;
  /** Where an identity that could not be read was put, or `null`. Other devices' trust went with it. */
  lostFile: string | null;
}

/**
 * This profile's identity: made at first start, then read. One that can't be read is set aside and a new one made.
 * @throws VaultLockedError if it is in a keychain that does not open now, or Error of the storage
 */
export async function openIdentity(options: OpenIdentityOptions): Promise<OpenedIdentity> {
  const { storage, vault, log } = options;
  const text = await storage.read(DOCUMENT);
  if (text === null) return { identity: await makeIdentity(options), lostFile: null };
  try {
    return { identity: identityOf(await secretIn(text, vault)), lostFile: null };
  } catch (error) {
    if (error instanceof VaultLockedError) throw error;
    const lostFile = await storage.setAside(DOCUMENT);
    log.error('identity', { problem: 'unreadable', keptAs: lostFile, error });
    return { identity: await makeIdentity(options), lostFile };
  }
}

async function makeIdentity({ storage, vault, random, log }: OpenIdentityOptions): Promise<Identity> {
  const secret = random(SECRET_BYTES);
  const stored = { format: 1, vault: vault.kind, secret: await vault.protect(secret) };
  await storage.write(DOCUMENT, `${JSON.stringify(stored)}\n`);
  // What was there before there were keys: an id that proves nothing.
  await storage.remove('device.json');
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
