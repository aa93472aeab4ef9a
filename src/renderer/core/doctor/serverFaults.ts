import { isPrivateIceUrl } from '../../../shared/settings/iceServers';
import type { LinkCode, ServerFault } from './linkExam';

/** Nobody answered, says the browser (W3C WebRTC §4.8.3). */
const UNREACHABLE = 701;

/** What a browser tells of a server; `null` where it names none. */
export function serverFaultOf({
  url,
  errorCode,
}: Pick<RTCPeerConnectionIceErrorEvent, 'url' | 'errorCode'>): ServerFault | null {
  const [, scheme, transport] = /^(stuns?|turns?):[^?]*(?:\?transport=(udp|tcp))?/i.exec(url) ?? [];
  if (scheme === undefined) return null;
  const isTls = scheme.toLowerCase().endsWith('s');
  return {
    kind: scheme.toLowerCase().startsWith('turn') ? 'turn' : 'stun',
    via: isTls ? 'tls' : transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
    code: errorCode,
    isNear: isPrivateIceUrl(url),
  };
}

/**
 * What a server's fault is called: the codes of RFC 8489 §14.8 and RFC 8656 §19.
 * @param isBeyondLan else a STUN server that is near is the one of a relay in this network
 */
export function faultCode({ kind, code, isNear }: ServerFault, isBeyondLan: boolean): LinkCode {
  if (code === UNREACHABLE && kind === 'turn') return 'turn-unreachable';
  if (code === UNREACHABLE) return isNear && !isBeyondLan ? 'stun-unreachable-lan' : 'stun-unreachable';
  if (kind === 'stun') return 'server-error';
  if (code === 401 || code === 438 || code === 441) return 'turn-credentials';
  if (code === 403) return 'turn-refused';
  return code === 486 || code === 508 ? 'turn-full' : 'server-error';
}
