import { Text, type TextProps, VisuallyHidden } from '@mantine/core';
import './Name.css';

/** From so many letters on a name is cut before its end where there is no room for it. */
const LONG = 24;
/** Letters at the end that stay: names of one camera, or versions of one document, differ there. */
const TAIL = 10;

interface NameProps extends TextProps {
  component?: 'span' | 'h1';
  /** Text from somewhere else: a device's name, a file's name. */
  children: string;
  /** What is never cut beside it. */
  more?: string | null;
}

/** Somebody else's text on one line, cut in the middle; the whole of it shows on hover. */
export function Name({ children: name, more = null, component = 'span', ...others }: NameProps) {
  const ends = endsOf(name);
  return (
    <Text component={component} title={name} {...others} className="name">
      {ends === null ? (
        <bdi className="name-whole">{name}</bdi>
      ) : (
        <>
          <span dir="auto" aria-hidden className="name-cut">
            <span className="name-head">{ends.head}</span>
            <span className="name-tail">{ends.tail}</span>
          </span>
          <VisuallyHidden>{name}</VisuallyHidden>
        </>
      )}
      {more === null ? null : <span className="name-more">{more}</span>}
    </Text>
  );
}

/** Where a name is to be cut; `null` for a short one. */
function endsOf(name: string): { head: string; tail: string } | null {
  if (name.length < LONG) return null;
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  if (letters.length < LONG) return null;
  return { head: letters.slice(0, -TAIL).join(''), tail: letters.slice(-TAIL).join('') };
}
