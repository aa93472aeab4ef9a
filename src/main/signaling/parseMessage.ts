import type { z } from 'zod';

/** A JSON message that matches a schema, or `null`. Never throws. */
export function parseMessage<S extends z.ZodType>(schema: S, text: string): z.output<S> | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
