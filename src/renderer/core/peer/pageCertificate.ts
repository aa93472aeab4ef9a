/** How long the certificate is good for, in ms: the most that browsers give, so that no window stays open for longer. */
const LIFETIME_MS = 365 * 24 * 3600 * 1000;
const FINGERPRINT = /^a=fingerprint:sha-256 ((?:[0-9a-f]{2}:){31}[0-9a-f]{2})\r?$/im;

/** The certificate that every peer link of this page shows in DTLS. Its private key never leaves the browser. */
export interface PageCertificate {
  readonly certificate: RTCCertificate;
  /** SHA-256 over it (RFC 8122), as 64 lower-case hex digits: what the backend signs for. */
  readonly fingerprint: string;
}

/** Makes the page's certificate: ECDSA on P-256, as browsers do by themselves. */
export async function makePageCertificate(): Promise<PageCertificate> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', expires: LIFETIME_MS };
  const certificate = await RTCPeerConnection.generateCertificate(algorithm);
  return { certificate, fingerprint: await fingerprintOf(certificate) };
}

/**
 * SHA-256 over a certificate, as 64 lower-case hex digits.
 * @throws Error if the browser names none
 */
async function fingerprintOf(certificate: RTCCertificate): Promise<string> {
  const told = fingerprintTold(certificate);
  const value = told ?? fingerprintIn(await throwAwayOffer(certificate));
  if (value === undefined) throw new Error('the browser tells no SHA-256 fingerprint of its certificate');
  return value.replaceAll(':', '').toLowerCase();
}

/** Firefox has no `getFingerprints`, and no browser needs to list SHA-256 there. */
function fingerprintTold(certificate: Partial<RTCCertificate>): string | undefined {
  return certificate.getFingerprints?.().find(({ algorithm }) => algorithm === 'sha-256')?.value;
}

function fingerprintIn(sdp: string): string | undefined {
  return FINGERPRINT.exec(sdp)?.[1];
}

/** An offer that nobody gets: every browser names the certificate in it. */
async function throwAwayOffer(certificate: RTCCertificate): Promise<string> {
  const connection = new RTCPeerConnection({ certificates: [certificate] });
  try {
    connection.createDataChannel('fingerprint');
    return (await connection.createOffer()).sdp ?? '';
  } finally {
    connection.close();
  }
}
