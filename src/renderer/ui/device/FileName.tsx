import { Text, type TextProps, VisuallyHidden } from '@mantine/core';
import { useRef } from 'react';
import './FileName.css';
import { useCutInMiddle } from './useCutInMiddle';

/** Shorter names find room nearly everywhere. */
const LONG = 24;

interface FileNameProps extends TextProps {
  children: string;
  /** What is never cut beside it. */
  more?: string | null;
}

/**
 * The name or path of a file on one line, cut in the middle where there is no room: names of one camera, or versions of one document,
 * differ at their ends. It runs from left to right whatever letters it has, so that its ending is always seen, and seen at its end.
 */
export function FileName({ children: name, more = null, ...others }: FileNameProps) {
  return (
    <Text component="span" title={name} {...others} className="file-name-line">
      {name.length < LONG ? (
        <span dir="ltr" className="file-name">
          {name}
        </span>
      ) : (
        <Cut name={name} />
      )}
      {more === null ? null : <span className="file-name-more">{more}</span>}
    </Text>
  );
}

function Cut({ name }: { name: string }) {
  const box = useRef<HTMLSpanElement>(null);
  useCutInMiddle(box, name, 'width');
  return (
    <>
      <span ref={box} dir="ltr" aria-hidden className="file-name">
        <span>{name}</span>
      </span>
      <VisuallyHidden>{name}</VisuallyHidden>
    </>
  );
}
