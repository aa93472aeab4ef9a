import { describe, expect, it } from 'vitest';
import { grownMb, heapOfSends } from '../support/transfer/heapOfSends';

describe('a folder that is sent again and again', () => {
  // Three seconds, and many more on a machine that has other work.
  const limit = { timeout: 60_000 };
  it(
    'stays in the memory of neither side when it is over, cleared from the lists or not',
    limit,
    async () => {
      const { clearedMb, listedMb } = await heapOfSends(400, 6);
      // Kept folders would be 0.4 MB a time, four times over; code that is run again and again takes some 0.2 in all.
      expect(grownMb(clearedMb)).toBeLessThan(0.8);
      expect(grownMb(listedMb)).toBeLessThan(0.8);
    },
  );
});
