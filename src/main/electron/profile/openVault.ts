import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { dialog, safeStorage } from 'electron';
import { fileVault, type KeyVault } from '../../../backend/trust/KeyVault';
import type { Log } from '../../../backend/ports';
import { hasKeychain, type KeychainOptions, keychainVault } from './keychainVault';
import type { NativeText } from '../shell/nativeText';

/**
 * Where the key of this profile is kept, or is to be kept: the keychain. A profile that has its key already says
 * itself where that is. At a first start on a system without a keychain, the person is told and may choose a file;
 * `null` if they quit instead.
 */
export async function openVault(profileDir: string, text: NativeText, log: Log): Promise<KeyVault | null> {
  const options: KeychainOptions = { storage: safeStorage, platform: process.platform, log };
  const hasKey = await access(join(profileDir, 'identity.json')).then(
    () => true,
    () => false,
  );
  if (hasKey || (await hasKeychain(options))) return keychainVault(options);
  log.warn('keychain', { problem: 'none' });
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: text.noKeychain,
    detail: text.noKeychainDetail,
    buttons: [text.quit, text.keepKeyInFile],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1 ? fileVault : null;
}
