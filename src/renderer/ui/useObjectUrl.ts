import { useEffect, useState } from 'react';

/** A browser that has just been given an address may still have to fetch what is there. */
const FETCHED_MS = 10_000;

/** An address of what a blob holds, for as long as it is shown. */
export function useObjectUrl(blob: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return undefined;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      setTimeout(() => URL.revokeObjectURL(made), FETCHED_MS);
      setUrl(null);
    };
  }, [blob]);
  return url;
}
