import { describe, it } from 'vitest';
import { bigFileArrives, smallFilesArrive } from '../support/transfer/throughKills';

describe('a transfer between two processes', () => {
  it(
    'ends with equal hashes after kill -9 of either one, five times, at any moment',
    () => bigFileArrives({ sizeMb: 192, kills: 5 }),
    60_000,
  );

  it(
    'ends with each of many small files there once, whole, after kill -9 of either one',
    () => smallFilesArrive({ files: 1000, kills: 3 }),
    60_000,
  );
});
