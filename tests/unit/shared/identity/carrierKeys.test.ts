import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carrierChannel } from '../../../../src/shared/identity/keySchedule';
import { bytes, vectors } from '../../../support/identity/vectors';

const words = fc.uint8Array({ minLength: 16, maxLength: 16 });
const exporter = bytes(7);

describe('the keys of a further carrier', () => {
  it('are the same on both sides, one for each direction', () => {
    fc.assert(
      fc.property(words, words, (dialer, listener) => {
        const [ours, theirs] = (['dialer', 'listener'] as const).map((side) =>
          carrierChannel(side, exporter, { dialer, listener }),
        );
        expect(theirs!.incoming.open(ours!.outgoing.seal('one'))).toBe('one');
        expect(ours!.incoming.open(theirs!.outgoing.seal('two'))).toBe('two');
        // What a side said is nothing that could be said back to it.
        expect(() => ours!.incoming.open(ours!.outgoing.seal('three'))).toThrow('protocol-violation');
      }),
    );
  });

  it('are others with every other nonce, of either side, and with those of another session', () => {
    const sealed = (secret: Uint8Array, dialer: number, listener: number): string => {
      const nonces = { dialer: bytes(dialer, 16), listener: bytes(listener, 16) };
      const { outgoing, incoming } = carrierChannel('dialer', secret, nonces);
      return [outgoing, incoming].map((seal) => Buffer.from(seal.seal('x')).toString('hex')).join();
    };
    const all = [
      sealed(exporter, 1, 2),
      sealed(exporter, 1, 3),
      sealed(exporter, 3, 2),
      sealed(exporter, 2, 1),
      sealed(bytes(8), 1, 2),
    ].flatMap((both) => both.split(','));
    expect(new Set(all).size).toBe(10);
  });

  it('are not made of what the handshake’s own connection uses', () => {
    const values = vectors();
    expect(Object.values(values).filter((value) => value === values['exporter'])).toHaveLength(1);
  });
});
