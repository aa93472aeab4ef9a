import { z } from 'zod';
import { parseJson } from '../parseJson';
import { EndReason } from './endReason';
import { SideAnswer, SideOffer } from './sideLink';
import { TextMessage, TextReceivedMessage } from './text';
import { TrackMuted, TrackPublished, TrackUnpublished } from './tracks';
import { EngineMessage } from './transfer';

/** Largest control message, in UTF-16 code units; a message is one text frame on the first data channel. */
const MAX_CONTROL_LENGTH = 128 * 1024;

/** What two pages say to each other over the peer link. */
export const ControlMessage = z.discriminatedUnion('type', [
  TrackPublished,
  TrackUnpublished,
  TrackMuted,
  /** May this side see the other one's screen? Answered by a share, or by `view-declined`. */
  z.object({ type: z.literal('view-request') }),
  /** Not now. */
  z.object({ type: z.literal('view-declined') }),
  TextMessage,
  TextReceivedMessage,
  SideOffer,
  SideAnswer,
  z.object({ type: z.literal('leave'), reason: EndReason }),
  z.object({ type: z.literal('transfer'), message: EngineMessage }),
]);
export type ControlMessage = z.infer<typeof ControlMessage>;

/** The message in a text frame, or `null` where it is not one. Never throws. */
export function parseControlMessage(text: string): ControlMessage | null {
  return text.length > MAX_CONTROL_LENGTH ? null : parseJson(ControlMessage, text);
}
