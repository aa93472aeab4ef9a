import { hostname } from 'node:os';
import { DeviceName, type Platform } from '../../shared/device';

/** The platform as other devices are told. */
export function platformOf(platform: NodeJS.Platform): Platform {
  if (platform === 'darwin') return 'macos';
  if (platform === 'win32') return 'windows';
  return platform === 'linux' ? 'linux' : 'other';
}

/** The name a device starts with: the machine's, without its domain. */
export function defaultDeviceName(machineName = hostname()): string {
  const parsed = DeviceName.safeParse(machineName.split('.')[0]);
  return parsed.success ? parsed.data : 'Hither';
}
