import { useEffect, useState } from 'react';

/** How often it is asked, in ms. */
const EVERY_MS = 1_000;

/**
 * What is measured for as long as it is on screen: asked for at once and every second; `null` before the first answer.
 * @param ask the same function for as long as it asks for the same; `null` to ask for nothing
 */
export function usePolled<T>(ask: (() => Promise<T>) | null): T | null {
  const [known, setKnown] = useState<{ ask: typeof ask; answer: T } | null>(null);
  useEffect(() => {
    if (ask === null) return undefined;
    let isOpen = true;
    const once = async () => {
      const answer = await ask();
      if (isOpen) setKnown({ ask, answer });
    };
    void once();
    const timer = setInterval(() => void once(), EVERY_MS);
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, [ask]);
  return known !== null && known.ask === ask ? known.answer : null;
}
