import { useRef } from 'react';
import { useCutInMiddle } from './useCutInMiddle';
import './WholeName.css';

/** Somebody's name, whole on two lines; one that is longer is cut in the middle, as names differ at their ends. */
export function WholeName({ children: name }: { children: string }) {
  const box = useRef<HTMLSpanElement>(null);
  useCutInMiddle(box, name, 'height');
  return (
    <span ref={box} className="whole-name" title={name}>
      <bdi>{name}</bdi>
    </span>
  );
}
