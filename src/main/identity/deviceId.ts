import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DeviceId } from '../../shared/device';
import { atomicWrite } from '../settings/atomicWrite';

const DeviceFile = z.object({ deviceId: DeviceId });

/**
 * This device's id: made at first start, then read from the profile. A file that can't be parsed gets a new id,
 * since nothing but the device list depends on it.
 * @throws Error of the file system if the profile can't be read or written
 */
export async function loadDeviceId(profileDir: string): Promise<string> {
  const file = join(profileDir, 'device.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  try {
    return DeviceFile.parse(JSON.parse(text)).deviceId;
  } catch {
    const deviceId = randomBytes(16).toString('hex');
    await atomicWrite(file, `${JSON.stringify({ deviceId })}\n`);
    return deviceId;
  }
}
