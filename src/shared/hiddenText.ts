/**
 * Text from somewhere else can hide things from whoever reads it: characters that show nothing or turn the direction
 * (`gpj.exe` read as `exe.jpg`), others that terminals obey, marks piled up until they cover the lines around. Some of
 * the same characters are needed to write Persian, Indic scripts, old Hangul and emoji; there they stay.
 */

/**
 * Marks on one letter. Hebrew with cantillation and Tibetan stacks have up to five; piled-up ("Zalgo") text has dozens.
 */
const MAX_MARKS = 6;

/** Shows nothing, or is no character: controls, line separators, and what Unicode says a renderer may leave out. */
const HIDDEN = String.raw`\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffd`;

/** The places where a hidden character does what it is there for. */
const NEEDED = [
  // The flags of England, Scotland and Wales: a black flag, letters, an end.
  String.raw`\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{2,8}\u{e007f}`,
  // One variation selector behind what it varies: emoji and digits, Han, Mongolian.
  String.raw`(?<=[^a-zA-Z\p{Z}\p{M}${HIDDEN}])[\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]`,
  // A joiner or non-joiner behind a letter or emoji that is not ASCII, or behind its vowel sign, tone or selector.
  String.raw`(?<=[^\0-\x7f\p{Z}${HIDDEN}][\ufe0e\ufe0f]?)[\u200c\u200d]`,
  // Half a syllable of old Hangul.
  String.raw`\u115f(?=[\u1161-\u11a7])|(?<=[\u1100-\u115e])\u1160`,
].join('|');

const NEEDED_OR_HIDDEN = new RegExp(`(${NEEDED})|[${HIDDEN}]`, 'gu');
const TOO_MANY_MARKS = new RegExp(String.raw`(\p{M}{${MAX_MARKS}})\p{M}+`, 'gu');
/** Something that leaves ink; the braille blank is a symbol without any. */
const VISIBLE = new RegExp(String.raw`[^\p{Z}\p{M}\u2800${HIDDEN}]`, 'u');
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;

/** The text without what hides in it, and with no more marks on a letter than a script needs. */
export function withoutHidden(text: string): string {
  const shown = text.replace(NEEDED_OR_HIDDEN, (_, needed: string | undefined) => needed ?? '');
  return shown.replace(TOO_MANY_MARKS, '$1');
}

/** Whether there is anything to see. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

/** The text without everything that may show nothing, needed or not: for comparing what people would take for one. */
export function withoutIgnorable(text: string): string {
  return text.replace(IGNORABLE, '');
}
