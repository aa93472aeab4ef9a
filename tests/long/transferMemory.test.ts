import { describe, expect, it } from 'vitest';
import { grownMb, heapOfSends } from '../support/transfer/heapOfSends';

describe('what is sent again and again', () => {
  it('leaves nothing of a folder of 20,000 files', { timeout: 300_000 }, async () => {
    const { clearedMb, listedMb } = await heapOfSends(20_000, 5);
    process.stdout.write(`${JSON.stringify({ clearedMb, listedMb })}\n`);
    // One that stayed would be some 30 MB at the sender alone.
    expect(grownMb(clearedMb)).toBeLessThan(5);
    expect(grownMb(listedMb)).toBeLessThan(5);
  });

  it('leaves a line of the history of a small file, and no more', { timeout: 300_000 }, async () => {
    const { clearedMb, listedMb } = await heapOfSends(1, 800);
    process.stdout.write(
      `${JSON.stringify({ clearedMb: grownMb(clearedMb), listedMb: grownMb(listedMb) })}\n`,
    );
    expect(grownMb(clearedMb)).toBeLessThan(2.5);
    expect(grownMb(listedMb)).toBeLessThan(5);
  });
});
