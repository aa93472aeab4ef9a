import { describe, it } from 'vitest';
import { bigFileArrives, smallFilesArrive } from '../support/transfer/throughKills';

describe('a transfer between two processes', () => {
  it(
    'ends with equal hashes after kill -9 of either one, twenty times, at any moment',
    () => bigFileArrives({ sizeMb: 1024, kills: 20 }),
    300_000,
  );

  it(
    'ends with each of three thousand small files there once, whole, after kill -9 of either one',
    () => smallFilesArrive({ files: 3000, kills: 6 }),
    120_000,
  );
});
