import type { z } from 'zod';
import { parseJson } from '../parseJson';
import { SESSION_LIMITS } from './lan';

/** A JSON message that matches a schema, or `null`: too long, too deep, or not what was expected. Never throws. */
export function parseMessage<S extends z.ZodType>(schema: S, text: string): z.output<S> | null {
  return text.length > SESSION_LIMITS.maxMessageBytes ? null : parseJson(schema, text);
}
