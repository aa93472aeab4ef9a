import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../../src/shared/ids';
import { type CpaceOptions, type CpacePeer, startCpace } from '../../../../src/shared/identity/cpace';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** draft-irtf-cfrg-cpace-21, appendix B.3: ristretto255 with SHA-512. */
const VECTORS = {
  password: text('Password'),
  channelIdentifier: fromHex('0b415f696e69746961746f720b425f726573706f6e646572'),
  sessionId: fromHex('7e4b4791d6a8ef019b936c79fb7f2c57'),
  generator: '222b6b195fe84b1652badb6f6a3ae3d24341e7306967f0b8115b40d5698c7e56',
  ya: 'da3d23700a9e5699258aef94dc060dfda5ebb61f02a5ea77fad53f4ff0976d08',
  Ya: 'd6bac480f2c386c394efc7c47adb9925dcd2630b64f240c50f8d0eec482b9157',
  yb: 'd2316b454718c35362d83d69df6320f38578ed5984651435e2949762d900b80d',
  Yb: '3ea7e0b19560d7c0b0f5734f63b955286dfa8232b5ebe63324e2d9e7433f7258',
  isk:
    'b69effbf61b51d56401c0f65601abe428de8206feaaf0e32198896dcae7b35cd' +
    '2b38950a39dfd5d4a79164614c2984f7daa460b588c1e80c3fa2068af7900447',
  /** B.3.11: encodes no element, and encodes the neutral one. */
  invalid: ['2b3c6b8c4f3800e7aef6864025b4ed79bd599117e427c41bd47d93d654b4a51c', '00'.repeat(32)],
};
const adA = text('ADa');
const adB = text('ADb');

function run(scalar: string | null, more: Partial<CpaceOptions> = {}) {
  const { channelIdentifier, password, sessionId } = VECTORS;
  const random = (lengthBytes: number): Uint8Array =>
    scalar === null ? randomBytes(lengthBytes) : fromHex(scalar);
  return startCpace({ channelIdentifier, password, random, sessionId, ...more });
}

const asInitiator: CpacePeer = { role: 'initiator', ownAd: adA, peerAd: adB };
const asResponder: CpacePeer = { role: 'responder', ownAd: adB, peerAd: adA };

describe('CPace on ristretto255 with SHA-512', () => {
  it('derives the generator, shares and key of the published vectors', () => {
    expect(toHex(run(`01${'00'.repeat(31)}`).share)).toBe(VECTORS.generator);
    const initiator = run(VECTORS.ya);
    const responder = run(VECTORS.yb);
    expect(toHex(initiator.share)).toBe(VECTORS.Ya);
    expect(toHex(responder.share)).toBe(VECTORS.Yb);
    expect(toHex(initiator.finish(responder.share, asInitiator))).toBe(VECTORS.isk);
    expect(toHex(responder.finish(initiator.share, asResponder))).toBe(VECTORS.isk);
  });

  it.each([
    ['no element', VECTORS.invalid[0]!],
    ['the neutral element', VECTORS.invalid[1]!],
    ['a number beyond the field', 'ff'.repeat(32)],
    ['a negative number', `01${'00'.repeat(31)}`],
    ['too little', '00'.repeat(31)],
    ['too much', `${VECTORS.Ya}00`],
    ['nothing', ''],
  ])('refuses a share that is %s, in either role', (_, hex) => {
    for (const peer of [asInitiator, asResponder]) {
      expect(() => run(VECTORS.ya).finish(fromHex(hex), peer)).toThrow(
        expect.objectContaining({ name: 'HitherError', code: 'protocol-violation' }),
      );
    }
  });

  it('gives one guess a run, also after a share that was refused', () => {
    const initiator = run(null);
    expect(() => initiator.finish(fromHex(VECTORS.invalid[0]!), asInitiator)).toThrow();
    expect(() => initiator.finish(run(null).share, asInitiator)).toThrow('protocol-violation');
  });

  it('refuses its own share, sent back', () => {
    const initiator = run(null);
    expect(() => initiator.finish(initiator.share, asInitiator)).toThrow('protocol-violation');
  });

  it('agrees on a key for any inputs, and shares never repeat', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    const check = fc.property(bytes, bytes, bytes, bytes, bytes, (password, ci, sessionId, ad, other) => {
      const options = { password, channelIdentifier: ci, sessionId };
      const [a, b] = [run(null, options), run(null, options)];
      expect(toHex(a.share)).not.toBe(toHex(b.share));
      const key = a.finish(b.share, { role: 'initiator', ownAd: ad, peerAd: other });
      expect(key).toHaveLength(64);
      expect(toHex(b.finish(a.share, { role: 'responder', ownAd: other, peerAd: ad }))).toBe(toHex(key));
    });
    fc.assert(check, { numRuns: 30 });
  });

  it.each<[string, Partial<CpaceOptions>, CpacePeer]>([
    ['password', { password: text('Passwort') }, asResponder],
    ['password, a byte moved to the channel', { password: text('Passwor') }, asResponder],
    ['channel', { channelIdentifier: text('other') }, asResponder],
    ['session', { sessionId: text('other') }, asResponder],
    ['additional data', {}, { ...asResponder, ownAd: text('ADx') }],
    ['role', {}, { role: 'initiator', ownAd: adB, peerAd: adA }],
  ])('makes different keys where the %s differs', (_, options, peer) => {
    const [a, b] = [run(null), run(null, options)];
    expect(toHex(a.finish(b.share, asInitiator))).not.toBe(toHex(b.finish(a.share, peer)));
  });
});
