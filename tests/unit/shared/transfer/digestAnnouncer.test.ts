import { describe, expect, it } from 'vitest';
import { DigestAnnouncer } from '../../../../src/shared/transfer/sending/DigestAnnouncer';
import { sha256 } from '../../../support/transfer/memory';

const blocks = [new Uint8Array(32)];

describe('digests of whole files', () => {
  it('go many in a message, without waiting for more than a moment', async () => {
    const messages: number[][] = [];
    const announcer = new DigestAnnouncer(sha256, (digests) =>
      messages.push(digests.map(({ file }) => file)),
    );
    for (let file = 0; file < 700; file++) await announcer.announce(file, blocks);
    expect(messages.map(({ length }) => length)).toEqual([500]);
    // The moment that it waits for more is over.
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(messages.flat()).toEqual(Array.from({ length: 700 }, (_, file) => file));
    expect(messages).toHaveLength(2);
  });

  it('go at once at the end, and are forgotten when the receiver asks anew', async () => {
    const messages: number[] = [];
    const announcer = new DigestAnnouncer(sha256, (digests) => messages.push(digests.length));
    await announcer.announce(0, blocks);
    announcer.flush();
    await announcer.announce(1, blocks);
    announcer.restart();
    announcer.flush();
    expect(messages).toEqual([1]);
  });
});
