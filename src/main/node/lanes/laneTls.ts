import { constants, timingSafeEqual } from 'node:crypto';
import type { SecureContextOptions, TLSSocket } from 'node:tls';
import { fingerprintOf, type LaneIdentity } from './certificate';

/** What the dialer says first inside TLS: these four bytes, then the token. The listener answers with the four. */
export const HELLO = Buffer.from('HLAN');
export const TOKEN_BYTES = 32;

/**
 * TLS 1.3 between two certificates that nobody has signed. No tickets: a lane is never resumed, and a session that is
 * would come without its certificate.
 */
export function laneTls({ keyPem, certificatePem }: LaneIdentity): SecureContextOptions {
  return {
    key: keyPem,
    cert: certificatePem,
    minVersion: 'TLSv1.3',
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}

/** Whether the other end of a finished handshake has proven to own the certificate with this fingerprint. */
export function isPinned(socket: TLSSocket, fingerprint: string): boolean {
  // Typed as always there, but a side without a certificate has none, and a socket that has closed meanwhile gives `null`.
  const raw = (socket.getPeerCertificate() as { raw?: Buffer } | null)?.raw;
  return raw !== undefined && isSame(Buffer.from(fingerprintOf(raw)), Buffer.from(fingerprint));
}

/** Compares secrets without telling by time how much of them is right. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
