import type { RelaySettings } from '../settings/RelaySettings';
import type { Finding } from './Finding';

/** What every part of the doctor knows: where the relay is to be found, and whom to tell. */
export interface Outside {
  settings: RelaySettings;
  /** The public address, without a slash at its end. */
  url: string;
  host: string;
  port: number;
  isSecure: boolean;
  report: (finding: Finding) => void;
  /** How long each step may take, in ms. */
  timeoutMs: number;
  /** PEM certificates that are believed in place of the system's. */
  ca?: string | undefined;
}
