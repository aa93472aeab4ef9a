import type { LanAddress } from '../../shared/address';

/** How a STUN or TURN server is spoken to. `dtls` is an address that can be written, and that nobody here speaks. */
type IceTransport = 'udp' | 'tcp' | 'tls' | 'dtls';

export interface IceServerAddress extends LanAddress {
  kind: 'stun' | 'turn';
  transport: IceTransport;
}

/** Ports of STUN and TURN, plain and over TLS (RFC 8656 §2). */
const TURN_PORT = 3478;
const TURNS_PORT = 5349;

/** `turn:host`, `turns:[::1]:5349?transport=tcp`, `stun:host:3478` (RFC 7064, RFC 7065). */
const ICE_URL = /^(stuns?|turns?):(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i;
/** A host's name has no more (RFC 1035). */
const MAX_LENGTH = 300;

/** Reads the address of a STUN or TURN server as WebRTC writes them; `null` where it is none. Never throws. */
export function readIceUrl(url: string): IceServerAddress | null {
  const [, scheme, host, port, transport] = (url.length > MAX_LENGTH ? null : ICE_URL.exec(url)) ?? [];
  if (scheme === undefined || host === undefined) return null;
  const isSecure = /s$/i.test(scheme);
  const number = port === undefined ? (isSecure ? TURNS_PORT : TURN_PORT) : Number(port);
  if (number < 1 || number > 65_535) return null;
  const plain = transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp';
  return {
    kind: /^stun/i.test(scheme) ? 'stun' : 'turn',
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    // TURN inside TLS goes over TCP unless it says otherwise.
    transport: !isSecure ? plain : transport?.toLowerCase() === 'udp' ? 'dtls' : 'tls',
  };
}
