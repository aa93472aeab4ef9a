import type { IceServer } from '../../shared/protocol/relay';
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

/** Where a relay is, for the steps that look at it. */
export function outsideOf(
  publicUrl: string,
  settings: RelaySettings,
  { ca, report, timeoutMs = STEP_MS }: ExamineOptions,
): Outside {
  const url = new URL(publicUrl);
  const isSecure = url.protocol === 'https:';
  return {
    ...{ settings, isSecure, report, timeoutMs, ca },
    url: publicUrl.replace(/\/$/, ''),
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (isSecure ? 443 : 80)),
  };
}

/**
 * Looks at a relay from outside, as a client comes to it: name, address, TLS, HTTP, proxy, clock, WebSocket, mailbox, TURN. What can't be
 * looked at because of what was found before is left out.
 * @param publicUrl where clients reach it
 */
export async function examine(
  publicUrl: string,
  settings: RelaySettings,
  options: ExamineOptions,
): Promise<void> {
  const outside = outsideOf(publicUrl, settings, options);
  const servers = await reachRelay(outside);
  if (servers !== null) await tryIceServers(outside, servers);
}

/**
 * As any client may: up to a mailbox and the ICE servers that members are told.
 * @returns these, or `null` where it does not come to that
 */
export async function reachRelay(outside: Outside): Promise<readonly IceServer[] | null> {
  const address = await knock(outside, await lookUp(outside));
  if (address === null) return null;
  if (outside.isSecure && !(await showCertificate(outside, address))) return null;
  if (!(await askHealth(outside))) return null;
  await askAbout(outside);
  return meet(outside);
}
