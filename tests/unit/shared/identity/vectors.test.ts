import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { describe, expect, it } from 'vitest';
import { bytes, vectors, vectorsText } from '../../../support/identity/vectors';

const document = readFileSync(join(import.meta.dirname, '../../../../docs/protocol-vectors.md'), 'utf8');
const values = vectors();

/** DER around raw 32-byte keys (RFC 8410). */
const PRIVATE = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' };
const PUBLIC = { ed25519: '302a300506032b6570032100', x25519: '302a300506032b656e032100' };

function privateKey(kind: keyof typeof PRIVATE, byte: number): KeyObject {
  const key = Buffer.concat([Buffer.from(PRIVATE[kind], 'hex'), bytes(byte)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function publicKey(kind: keyof typeof PUBLIC, hex: string): KeyObject {
  return createPublicKey({ key: Buffer.from(PUBLIC[kind] + hex, 'hex'), format: 'der', type: 'spki' });
}

const rawPublic = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

const sha256 = (...parts: (string | Uint8Array)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const sized = (text: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
};

/** The protocol as its document has it, with Node's primitives and none of our code. */
describe('the document’s test vectors', () => {
  const { hello = '', welcome = '' } = values;
  const dialer = privateKey('ed25519', 1);
  const listener = privateKey('ed25519', 2);
  const transcript = sha256('hither 2 handshake\0', sized(hello), sized(welcome));
  const body = values['dialer body'] ?? '';

  it('are those of the code', () => {
    expect(document).toContain(vectorsText());
  });

  it('have the identities, device ids, keys and commitments that it describes', () => {
    expect(rawPublic(dialer)).toBe(values['dialer identity key']);
    const id = sha256('hither 2 device\0', Buffer.from(rawPublic(listener), 'hex'))
      .toString('hex')
      .slice(0, 32);
    expect(id).toBe(values['listener device id']);
    const revealed = (nonce: number, key: KeyObject, fingerprint: number): Buffer =>
      Buffer.concat([bytes(nonce), Buffer.from(rawPublic(key), 'hex'), bytes(fingerprint)]);
    const ofDialer = revealed(5, dialer, 7);
    const ofListener = revealed(6, listener, 8);
    expect(JSON.parse(hello)).toMatchObject({
      ephemeral: rawPublic(privateKey('x25519', 3)),
      commitment: sha256('hither 2 commitment\0', ofDialer).toString('hex'),
    });
    expect(JSON.parse(welcome)).toMatchObject({
      ephemeral: rawPublic(privateKey('x25519', 4)),
      commitment: sha256('hither 2 commitment\0', ofListener).toString('hex'),
    });
    const code = sha256('hither 2 code\0', transcript, ofDialer, ofListener);
    const bits = code.readUInt32BE(0) >>> 2;
    expect([24, 18, 12, 6, 0].map((shift) => (bits >>> shift) & 63).join(' ')).toBe(values['code, pictures']);
    const digits = String(code.readBigUInt64BE(8) % 1_000_000_000n).padStart(9, '0');
    expect(digits).toBe(values['code, digits']);
  });

  it('have the transcript and the signatures that it describes', () => {
    expect(transcript.toString('hex')).toBe(values['transcript']);
    const signed = Buffer.concat([Buffer.from('hither 2 identify dialer\0'), transcript, Buffer.from(body)]);
    expect(sign(null, signed, dialer).toString('hex')).toBe(values['dialer signature']);
    const seq = Buffer.alloc(8);
    seq.writeBigUInt64BE(3n);
    const rebind = Buffer.concat([Buffer.from('hither 2 rebind\0'), bytes(9, 16), seq, bytes(10)]);
    const signature = Buffer.from(values['dialer’s rebind to 0a…0a as message 3, signature'] ?? '', 'hex');
    expect(verify(null, rebind, publicKey('ed25519', rawPublic(dialer)), signature)).toBe(true);
  });

  it('have the keys and the sealing that it describes', () => {
    const { ephemeral } = JSON.parse(welcome) as { ephemeral: string };
    const shared = diffieHellman({
      privateKey: privateKey('x25519', 3),
      publicKey: publicKey('x25519', ephemeral),
    });
    const input = Buffer.concat([shared, Buffer.alloc(32)]);
    const keys = Buffer.from(hkdfSync('sha256', input, transcript, 'hither 2 keys\0', 64));
    const open = (key: Buffer, count: number, name: string): string => {
      const nonce = Buffer.alloc(24);
      nonce.writeBigUInt64BE(BigInt(count), 16);
      const sealed = Buffer.from(values[name] ?? '', 'hex');
      return Buffer.from(xchacha20poly1305(key, nonce).decrypt(sealed)).toString();
    };
    const [toListener, toDialer] = [keys.subarray(0, 32), keys.subarray(32)];
    const signature = values['dialer signature'];
    expect(JSON.parse(open(toListener, 0, 'dialer identify, sealed'))).toEqual({
      ...{ type: 'identify', body, signature },
    });
    expect(open(toDialer, 0, 'listener identify, sealed')).toContain(values['listener identity key']);
    const second = 'dialer’s {"type":"ack","seq":1}, sealed as its second message';
    expect(open(toListener, 1, second)).toBe('{"type":"ack","seq":1}');
    const exporter = Buffer.from(hkdfSync('sha256', input, transcript, 'hither 3 exporter\0', 32));
    expect(exporter.toString('hex')).toBe(values['exporter']);
    const salt = Buffer.concat([bytes(11, 16), bytes(12, 16)]);
    const further = Buffer.from(hkdfSync('sha256', exporter, salt, 'hither 3 carrier\0', 64));
    const [dialers = '', listeners = ''] = Object.keys(values).filter((name) => name.includes('resume'));
    for (const [key, name] of [
      [further.subarray(0, 32), dialers],
      [further.subarray(32), listeners],
    ] as const)
      expect(open(key, 0, name)).toBe('{"type":"resume","seq":0}');
  });
});
