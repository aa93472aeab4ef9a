import { z } from 'zod';
import { DeviceId } from '../device';
import { RandomId } from '../ids';
import { sessionRef } from './common';

/** A text between this device and another one, in either direction. */
export const TextView = z.object({
  textId: RandomId,
  direction: z.enum(['in', 'out']),
  /** As it was sent: whoever shows it takes care of what hides in it. */
  text: z.string(),
  /** `sending` until the other side has it, or, with the end of the session, `failed`. */
  state: z.enum(['sending', 'delivered', 'failed', 'received']),
  atMs: z.number(),
});
export type TextView = z.infer<typeof TextView>;

/** What is kept of the texts with one device, oldest first. */
export const DeviceTexts = z.object({ deviceId: DeviceId, texts: z.array(TextView) });
export type DeviceTexts = z.infer<typeof DeviceTexts>;

/** What is new of the texts with one device: those that came or changed, and the ids of those that are no longer kept. */
export const TextChange = z.object({
  deviceId: DeviceId,
  changed: z.array(TextView),
  gone: z.array(RandomId),
});
export type TextChange = z.infer<typeof TextChange>;

/** The texts after a change, oldest first. */
export function textsAfter(before: readonly TextView[], { changed, gone }: TextChange): TextView[] {
  const byId = new Map(before.map((text) => [text.textId, text]));
  for (const text of changed) byId.set(text.textId, text);
  for (const textId of gone) byId.delete(textId);
  return [...byId.values()];
}

export const textRequests = {
  /** Sends a text; fails with `text-too-long`, `too-fast` or `unknown-session`. What becomes of it is in `texts:changed`. */
  'texts:send': { args: sessionRef.extend({ text: z.string() }), result: z.object({ textId: RandomId }) },
} as const;

export const textEvents = { 'texts:changed': TextChange } as const;
