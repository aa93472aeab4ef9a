/** Pictures that every browser draws, by the endings of their names. SVG is none of them: it is a document, with scripts and links. */
const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** Largest file that is shown as a picture: photographs have some 10 MB. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;

/** The media type of a picture by its name; `null` for anything else. */
export function pictureTypeOf(name: string): string | null {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return TYPES[ending] ?? null;
}
