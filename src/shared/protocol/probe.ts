/**
 * What two pages say on the probe channel of a peer link, to see how long packets wait on their way:
 *
 *     0  u8   kind: 1 asks, 2 answers
 *     1  f64  when it was asked, on the clock of who asks, in ms
 *     9  f64  when the question came, on the clock of who answers, in ms; only in an answer
 *
 * Big-endian. Only differences mean anything, as no clock agrees with another one.
 */
const KIND_ASK = 1;
const KIND_ANSWER = 2;
const ASK_BYTES = 9;
const ANSWER_BYTES = 17;

/** A message of the probe channel. */
export type ProbeMessage =
  { type: 'ask'; askedMs: number } | { type: 'answer'; askedMs: number; cameMs: number };

/** Writes a message. */
export function encodeProbe(message: ProbeMessage): Uint8Array<ArrayBuffer> {
  const isAnswer = message.type === 'answer';
  const bytes = new Uint8Array(isAnswer ? ANSWER_BYTES : ASK_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, isAnswer ? KIND_ANSWER : KIND_ASK);
  view.setFloat64(1, message.askedMs);
  if (isAnswer) view.setFloat64(9, message.cameMs);
  return bytes;
}

/** Reads a message; `null` for what is none, times that are no numbers included. */
export function decodeProbe(bytes: ArrayBuffer): ProbeMessage | null {
  const view = new DataView(bytes);
  const isAnswer = bytes.byteLength === ANSWER_BYTES && view.getUint8(0) === KIND_ANSWER;
  const isAsk = bytes.byteLength === ASK_BYTES && view.getUint8(0) === KIND_ASK;
  if (!isAnswer && !isAsk) return null;
  const askedMs = view.getFloat64(1);
  const cameMs = isAnswer ? view.getFloat64(9) : 0;
  if (!Number.isFinite(askedMs) || !Number.isFinite(cameMs)) return null;
  return isAnswer ? { type: 'answer', askedMs, cameMs } : { type: 'ask', askedMs };
}
