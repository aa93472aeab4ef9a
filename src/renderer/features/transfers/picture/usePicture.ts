import { type RefObject, useEffect, useState } from 'react';
import { useModel } from '../../../state/AppModelContext';
import type { StillTransfer } from '../../../state/selectors';

/**
 * The small picture of what a transfer has sent or brought, once its place is in sight; `undefined` until that is known, `null` where
 * there is none.
 */
export function useThumbnail(
  { transferId, direction, phase }: StillTransfer,
  place: RefObject<HTMLElement | null>,
): Blob | null | undefined {
  const { core } = useModel();
  const [thumbnail, setThumbnail] = useState<Blob | null | undefined>(undefined);
  // A transfer is told of before its page knows that it sends it.
  const isKnown = direction === 'receive' || (phase !== 'preparing' && phase !== 'offered');
  const isWanted = thumbnail === undefined;
  useEffect(() => {
    if (!isWanted || !place.current) return undefined;
    let isGone = false;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return;
      observer.disconnect();
      void core.pictures.thumbnail({ transferId, direction }).then((found) => {
        if (!isGone && (found || isKnown)) setThumbnail(found);
      });
    });
    observer.observe(place.current);
    return () => {
      isGone = true;
      observer.disconnect();
    };
  }, [core, place, transferId, direction, isKnown, isWanted]);
  return thumbnail;
}

/** The whole of it while it is wanted; `null` until it is there. */
export function useWhole({ transferId, direction }: StillTransfer, isWanted: boolean): Blob | null {
  const { core } = useModel();
  const [whole, setWhole] = useState<Blob | null>(null);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isGone = false;
    void core.pictures.whole({ transferId, direction }).then((found) => {
      if (!isGone) setWhole(found);
    });
    return () => {
      isGone = true;
      setWhole(null);
    };
  }, [core, transferId, direction, isWanted]);
  return whole;
}
