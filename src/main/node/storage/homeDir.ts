import { homedir } from 'node:os';

/** The person's home folder, or `null` where the account has none: a service's user without `HOME` makes Node throw. */
export function homeDir(): string | null {
  try {
    return homedir() || null;
  } catch {
    return null;
  }
}
