/**
 * The pictures of a short code, by number. Two devices of any versions must show the same picture for a number, so this
 * list never changes: nothing is added, moved or taken away without a new protocol version. Chosen so that no two are
 * alike in outline or, in English and in Korean, when their names are read aloud.
 */
const codeIcons = [
  'dog',
  'cat',
  'fish',
  'butterfly',
  'pig',
  'spider',
  'bird',
  'snail',
  'deer',
  'flower',
  'cactus',
  'acorn',
  'apple',
  'cherries',
  'carrot',
  'pizza',
  'grapes',
  'cake',
  'iceCream',
  'coffee',
  'banana',
  'ghost',
  'sun',
  'moon',
  'star',
  'cloud',
  'snowflake',
  'umbrella',
  'rainbow',
  'lightning',
  'pawPrint',
  'tent',
  'train',
  'hand',
  'airplane',
  'rocket',
  'sailboat',
  'helicopter',
  'ladder',
  'anchor',
  'key',
  'bell',
  'clock',
  'glasses',
  'crown',
  'shirt',
  'shoe',
  'musicNote',
  'microphone',
  'book',
  'pencil',
  'scissors',
  'hammer',
  'envelope',
  'telephone',
  'camera',
  'gift',
  'balloon',
  'basketball',
  'dice',
  'trophy',
  'headphones',
  'heart',
  'diamond',
] as const;

export type CodeIcon = (typeof codeIcons)[number];

/**
 * The name of picture `index` of a code.
 * @throws RangeError if there is no such picture
 */
export function codeIconAt(index: number): CodeIcon {
  const icon = codeIcons[index];
  if (icon === undefined) throw new RangeError(`no picture ${index}`);
  return icon;
}
