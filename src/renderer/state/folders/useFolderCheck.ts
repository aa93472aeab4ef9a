import { useCallback, useEffect, useRef, useState } from 'react';
import type { Renamed } from '../../../shared/contract/transfers';
import { type Failure, failureOf } from '../../../shared/errors';
import { useModel } from '../AppModelContext';

/** What the backend says of a folder. */
export type FolderCheck =
  | { status: 'unknown' }
  | { status: 'checking' }
  | { status: 'good'; freeBytes: number; renamed: Renamed }
  | { status: 'bad'; failure: Failure };

const NOTHING_RENAMED: Renamed = { count: 0, examples: [] };

/**
 * Asks whether files can be written to a folder: `initialDir` at once, others by `check`, which resolves to the answer.
 * @param transferId an offer that would go there
 */
export function useFolderCheck(
  initialDir: string | null,
  transferId?: string,
): {
  result: FolderCheck;
  check: (dir: string) => Promise<FolderCheck>;
  forget: () => void;
} {
  const model = useModel();
  const [result, setResult] = useState<FolderCheck>({ status: 'unknown' });
  const latest = useRef(0);
  const check = useCallback(
    async (dir: string) => {
      latest.current += 1;
      const turn = latest.current;
      setResult({ status: 'checking' });
      const { backend } = model.core;
      const asked =
        transferId === undefined
          ? backend.request('folders:check', { dir }).then((room) => ({ ...room, renamed: NOTHING_RENAMED }))
          : backend.request('transfers:preview', { transferId, dir });
      const answer = await asked
        .then((found): FolderCheck => ({ status: 'good', ...found }))
        .catch((error: unknown): FolderCheck => ({ status: 'bad', failure: failureOf(error) }));
      // An answer about another folder than the last one asked for is of no use any more.
      if (turn === latest.current) setResult(answer);
      return answer;
    },
    [model, transferId],
  );
  const forget = useCallback(() => {
    latest.current += 1;
    setResult({ status: 'unknown' });
  }, []);
  useEffect(() => {
    if (initialDir !== null) void check(initialDir);
  }, [initialDir, check]);
  return { result, check, forget };
}
