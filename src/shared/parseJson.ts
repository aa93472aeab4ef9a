import type { z } from 'zod';

/** How deep the JSON of a peer may nest; our own messages nest five levels. */
const MAX_DEPTH = 16;

/**
 * A JSON text that matches a schema, or `null`: not JSON, nested too deeply, or not what was expected. Never throws.
 * The caller bounds the text's length.
 */
export function parseJson<S extends z.ZodType>(schema: S, text: string): z.output<S> | null {
  if (isTooDeep(text)) return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Counts brackets outside of strings before anything is built of them. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (isInString) {
      if (char === '\\') i++;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === '[' || char === '{') {
      if (++depth > MAX_DEPTH) return true;
    } else if (char === ']' || char === '}') depth--;
  }
  return false;
}
