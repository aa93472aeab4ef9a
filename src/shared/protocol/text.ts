import { z } from 'zod';
import { RandomId } from '../ids';

/** Longest text that goes as a message, in bytes of UTF-8; anything longer is for a file. */
const MAX_TEXT_BYTES = 64 * 1024;
/** Characters that JSON has to escape may blow a text up six-fold; with this bound its frame stays below 128 Ki. */
const MAX_ESCAPED_LENGTH = 120 * 1024;

/** The feature that texts go by. */
export const TEXTS_FEATURE = 'texts';

/** A text for the other person. The id tells it from a second text with the same words. */
const Text = z.object({
  type: z.literal('text'),
  textId: RandomId,
  text: z.string().min(1).max(MAX_TEXT_BYTES),
});

/** The text is in front of the other person. */
const TextReceived = z.object({ type: z.literal('text-received'), textId: RandomId });

export const TextMessage = z.discriminatedUnion('type', [Text, TextReceived]);
export type TextMessage = z.infer<typeof TextMessage>;

/** Whether a text can go as a message. */
export function fitsInMessage(text: string): boolean {
  if (text === '' || text.length > MAX_TEXT_BYTES) return false;
  return (
    new TextEncoder().encode(text).length <= MAX_TEXT_BYTES &&
    JSON.stringify(text).length <= MAX_ESCAPED_LENGTH
  );
}
