import { withoutHidden } from './hiddenText';
import { isWebLink } from './webLink';

/** A stretch of a text from somewhere else, as it may be shown. */
export type TextPiece =
  | { kind: 'text'; text: string }
  /** A web address that can be opened: http or https, all of it visible. */
  | { kind: 'link'; text: string }
  /** A character that would not show, or turn the text around it; `code` is its code point, such as `U+202E`. */
  | { kind: 'hidden'; code: string };

/** Line breaks and tabs do what they look like in a `<pre>`. */
const KEPT = new Set(['\n', '\t']);
/** Scheme, then anything visible that is no quote or bracket; what ends a sentence is not part of an address. */
const LINK = /https?:\/\/[^\s<>"'`{}|\\^[\]]+[^\s<>"'`{}|\\^[\].,;:!?)]/gi;

/** Pieces in order; together they are the whole text, with nothing in it that hides. */
export function visiblePieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') pieces.push(...withLinks(plain));
    plain = '';
  };
  for (const part of splitHidden(text.replace(/\r\n?/g, '\n'))) {
    if (!part.isHidden) {
      plain += part.text;
      continue;
    }
    flush();
    for (const char of part.text) pieces.push({ kind: 'hidden', code: codeOf(char) });
  }
  flush();
  return pieces;
}

/**
 * The text cut where `withoutHidden` leaves something out. It only ever leaves out, so what it keeps comes in the same
 * order, and walking along both finds the rest.
 */
function splitHidden(text: string): { text: string; isHidden: boolean }[] {
  const parts: { text: string; isHidden: boolean }[] = [];
  const add = (char: string, isHidden: boolean): void => {
    const last = parts.at(-1);
    if (last?.isHidden === isHidden) last.text += char;
    else parts.push({ text: char, isHidden });
  };
  const shown = Array.from(withoutHiddenButBreaks(text));
  let at = 0;
  for (const char of text) {
    const isShown = shown[at] === char;
    if (isShown) at++;
    add(char, !isShown);
  }
  return parts;
}

function withoutHiddenButBreaks(text: string): string {
  return text
    .split(/([\n\t])/)
    .map((part) => (KEPT.has(part) ? part : withoutHidden(part)))
    .join('');
}

function withLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const { 0: link, index } of text.matchAll(LINK)) {
    if (!isWebLink(link)) continue;
    if (index > from) pieces.push({ kind: 'text', text: text.slice(from, index) });
    pieces.push({ kind: 'link', text: link });
    from = index + link.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
