import { z } from 'zod';
import { commonVersion, PROTOCOL_VERSION, VersionRange } from '../../shared/protocol/version';
import type { EndReason } from '../../shared/signaling/endReason';
import { LanHello } from '../../shared/signaling/lan';
import { parseMessage } from './parseMessage';

/** The part of a hello that every version of the protocol has. */
const AnyHello = z.object({ type: z.literal('hello'), protocol: VersionRange });

/** A stranger's first message, judged: a hello to answer, or the reason to refuse it. */
export function readHello(text: string): { hello: LanHello; version: number } | { refuse: EndReason } {
  const any = parseMessage(AnyHello, text);
  if (any === null) return { refuse: 'protocol-violation' };
  const version = commonVersion(PROTOCOL_VERSION, any.protocol);
  if (version === null) return { refuse: 'incompatible-version' };
  const hello = parseMessage(LanHello, text);
  return hello === null ? { refuse: 'protocol-violation' } : { hello, version };
}
