import type { RelaySettings } from '../settings/RelaySettings';
import type { Finding } from './Finding';
import { askAbout, askHealth } from './http';
import { meet } from './mailbox';
import type { Outside } from './Outside';
import { knock, lookUp, showCertificate } from './reach';
import { tryIceServers } from './turn';

/** How long each step may take, in ms: a machine that is there answers within a fraction of it. */
const STEP_MS = 10_000;

export interface ExamineOptions {
  /** Told of each finding as it is made. */
  report: (finding: Finding) => void;
  ca?: string | undefined;
  timeoutMs?: number;
}

/**
 * Looks at a relay from outside, as a client comes to it: name, address, TLS, HTTP, proxy, clock, WebSocket, mailbox, TURN. What can't be
 * looked at because of what was found before is left out.
 * @param publicUrl where clients reach it
 */
export async function examine(
  publicUrl: string,
  settings: RelaySettings,
  { ca, report, timeoutMs = STEP_MS }: ExamineOptions,
): Promise<void> {
  const url = new URL(publicUrl);
  const isSecure = url.protocol === 'https:';
  const outside: Outside = {
    ...{ settings, isSecure, report, timeoutMs, ca },
    url: publicUrl.replace(/\/$/, ''),
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (isSecure ? 443 : 80)),
  };
  const address = await knock(outside, await lookUp(outside));
  if (address === null) return;
  if (isSecure && !(await showCertificate(outside, address))) return;
  if (!(await askHealth(outside))) return;
  await askAbout(outside);
  const servers = await meet(outside);
  if (servers !== null) await tryIceServers(outside, servers);
}
