import type { z } from 'zod';
import { parseJson } from '../../shared/parseJson';
import { LAN_LIMITS } from '../../shared/signaling/lan';

/** A JSON message that matches a schema, or `null`: too long, too deep, or not what was expected. Never throws. */
export function parseMessage<S extends z.ZodType>(schema: S, text: string): z.output<S> | null {
  return text.length > LAN_LIMITS.maxMessageBytes ? null : parseJson(schema, text);
}
