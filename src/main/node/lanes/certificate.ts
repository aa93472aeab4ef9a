import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A key and a certificate that nobody has signed; the other side knows it by its fingerprint alone. */
export interface LaneIdentity {
  keyPem: string;
  certificatePem: string;
  /** SHA-256 of the certificate, in lower-case hex. */
  fingerprint: string;
}

/** OIDs, encoded: ecdsa-with-SHA256 and commonName. */
const ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
/** Nobody looks at the dates: both ends pin the certificate, and a clock that is wrong must not matter. */
const NOT_BEFORE = '200101000000Z';
const NOT_AFTER = '491231235959Z';

const TAG = { integer: 0x02, bitString: 0x03, utf8: 0x0c, utcTime: 0x17, sequence: 0x30, set: 0x31 } as const;

/** Makes a P-256 key, as every TLS stack takes it, and a certificate for it that signs itself. Takes under a ms. */
export function makeLaneIdentity(): LaneIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = der(TAG.sequence, ECDSA_WITH_SHA256);
  const name = der(
    TAG.sequence,
    der(TAG.set, der(TAG.sequence, COMMON_NAME, der(TAG.utf8, Buffer.from('hither')))),
  );
  const validity = der(
    TAG.sequence,
    der(TAG.utcTime, Buffer.from(NOT_BEFORE)),
    der(TAG.utcTime, Buffer.from(NOT_AFTER)),
  );
  // A leading 1 keeps the number positive and in its shortest form.
  const serial = der(TAG.integer, Buffer.from([1]), randomBytes(15));
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(TAG.sequence, serial, algorithm, name, validity, name, publicKeyInfo);
  const signature = sign('sha256', body, privateKey);
  const certificate = der(TAG.sequence, body, algorithm, der(TAG.bitString, Buffer.from([0]), signature));
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines(certificate)}\n-----END CERTIFICATE-----\n`,
    fingerprint: fingerprintOf(certificate),
  };
}

/** SHA-256 of a certificate in DER, in lower-case hex. */
export function fingerprintOf(certificate: Uint8Array): string {
  return createHash('sha256').update(certificate).digest('hex');
}

/** One value in DER: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function lines(certificate: Buffer): string {
  return certificate.toString('base64').replace(/(.{64})(?=.)/g, '$1\n');
}
