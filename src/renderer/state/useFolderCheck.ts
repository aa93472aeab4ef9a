import { useCallback, useEffect, useRef, useState } from 'react';
import { type Failure, failureOf } from '../../shared/errors';
import { useModel } from './AppModelContext';

/** What the backend says of a folder. */
export type FolderCheck =
  | { status: 'unknown' }
  | { status: 'checking' }
  | { status: 'good'; freeBytes: number }
  | { status: 'bad'; failure: Failure };

/** Asks whether files can be written to a folder: `initialDir` at once, others by `check`, which resolves to the answer. */
export function useFolderCheck(initialDir: string | null): {
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
      const answer = await model.core.backend
        .request('folders:check', { dir })
        .then(({ freeBytes }): FolderCheck => ({ status: 'good', freeBytes }))
        .catch((error: unknown): FolderCheck => ({ status: 'bad', failure: failureOf(error) }));
      // An answer about another folder than the last one asked for is of no use any more.
      if (turn === latest.current) setResult(answer);
      return answer;
    },
    [model],
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
