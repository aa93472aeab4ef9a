import fc from 'fast-check';
import { FrameNumbers } from '../../../src/backend/relay/FrameNumbers';
import { MailboxClient } from '../../../src/backend/relay/MailboxClient';
import type { RelaySocketReader } from '../../../src/backend/ports';
import { readDoorMessage } from '../../../src/backend/sessions/relay/Conversation';
import {
  appLinkOf,
  formatInviteLink,
  looksLikeInvite,
  parseInvite,
} from '../../../src/shared/identity/invite';
import { encodeRelayAck, encodeRelayData } from '../../../src/shared/protocol/relay';
import { parseRelayUrl, relaySocketUrl } from '../../../src/shared/protocol/relayUrl';
import { rightNeeded } from '../../../src/shared/protocol/rights';
import { ManualClock } from '../../support/ManualClock';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedJson, mutatedText, mutatedValue } from '../mutate';
import { featureMessages, hex32, id } from './samples';

const secret = new Uint8Array(16).fill(7);
const link = formatInviteLink({
  ...{ relayUrl: 'https://relay.example/base', secret, inviter: secret, expiresMs: 1.8e12 },
});
const invites = [
  link,
  appLinkOf(link),
  '7-ripe-lantern',
  '7 잘익은 등불',
  '1234567-a-b',
  'http://[::1]:8/#AQ',
];
const urls = ['https://relay.example/base/', 'relay.example', 'http://[fe80::1]:47180', 'wss://a:b@c/?d#e'];
const limits = { frameBytes: 1_000, waitingFrames: 4, waitingBytes: 2_000, awayMs: 1_000 };
const texts = [
  { type: 'joined', mailbox: hex32, nameplate: '7', epoch: id, received: 0, isPeerPresent: true, limits },
  { type: 'peer', isPresent: true, epoch: id },
  { type: 'repeat', after: 1 },
  { type: 'ice', servers: [], ttlS: 900 },
  { type: 'draining', withinMs: 10 },
];
const frames = [encodeRelayData(0x01234567, 1, Uint8Array.of(1, 2)), encodeRelayAck(0x01234567, 1)];

/** What a relay may do to a client: say anything, in any order, and break. */
const said = fc.array(
  fc.oneof(
    mutatedJson(texts).map((text) => ({ text })),
    mutatedBytes(frames).map((bytes) => ({ bytes })),
    fc.constantFrom({ closed: '' }, { closed: 'crowded' }, { closed: 'draining' }),
    fc.nat(3_000).map((waitMs) => ({ waitMs })),
  ),
  { maxLength: 12 },
);

async function driveClient(sayings: readonly object[]): Promise<void> {
  const clock = new ManualClock();
  let reader: RelaySocketReader | null = null;
  const inbox: Uint8Array[] = [];
  const client = new MailboxClient(
    {
      relayUrl: 'https://relay.example',
      opening: { type: 'join', mailbox: hex32 },
      clock,
      random: (count) => new Uint8Array(count),
      openSocket: (_, given) => {
        reader = given;
        return Promise.resolve({ send: () => undefined, probe: () => undefined, close: () => undefined });
      },
    },
    {
      onMeeting: () => undefined,
      onReset: () => undefined,
      onMessage: (payload) => inbox.push(payload),
      onClosed: () => undefined,
    },
  );
  for (const saying of sayings as { text?: string; bytes?: Uint8Array; closed?: string; waitMs?: number }[]) {
    await Promise.resolve();
    const now = reader as RelaySocketReader | null;
    if (saying.text !== undefined) now?.onText(saying.text);
    if (saying.bytes !== undefined) now?.onBytes(saying.bytes);
    if (saying.closed !== undefined) now?.onClosed(saying.closed);
    clock.advance(saying.waitMs ?? 1);
    client.send(Uint8Array.of(1));
  }
  client.close();
  // Weak references keep what they were made of until the next turn.
  await new Promise((resolve) => setImmediate(resolve));
  if (inbox.some((payload) => payload.length === 0)) throw new Error('an empty payload');
}

/** What reaches whoever uses a relay or an invite: relays, and people who paste and type. */
export const mailboxTargets = [
  fuzzTarget({
    name: 'a relay that a client speaks with',
    weight: 0.2,
    inputs: said,
    parse: driveClient,
  }),
  fuzzTarget({
    name: 'frames of a mailbox',
    inputs: mutatedBytes(frames),
    parse: (bytes) => {
      const numbers = new FrameNumbers();
      numbers.begin(id);
      return numbers.handle(bytes);
    },
  }),
  fuzzTarget({
    name: 'messages at a door',
    inputs: mutatedBytes([Uint8Array.of(1, 0, 0, 0, 7), Uint8Array.of(0x12, 0, 0, 0, 7, 0x7b, 0x7d)]),
    parse: (bytes) => readDoorMessage(bytes),
  }),
  fuzzTarget({
    name: 'invites',
    inputs: mutatedText(invites, ['#', '-', 'hither:', '?plain', '7']),
    parse: (text) => {
      looksLikeInvite(text);
      const invite = parseInvite(text);
      if (invite?.kind !== 'link') return invite;
      // What was read says the same when it is written down again.
      const again = parseInvite(appLinkOf(formatInviteLink(invite)));
      if (again?.kind !== 'link' || again.relayUrl !== invite.relayUrl) throw new Error('another invite');
      return invite;
    },
  }),
  fuzzTarget({
    name: 'addresses of relays',
    inputs: mutatedText(urls, ['/', '@', '#', '://', '[', ']']),
    parse: (text) => {
      const url = parseRelayUrl(text);
      if (url !== null && parseRelayUrl(url) !== url) throw new Error('not in its own form');
      return url === null ? null : new URL(relaySocketUrl(url));
    },
  }),
  fuzzTarget({
    name: 'rights that a message takes',
    inputs: mutatedValue(Object.values(featureMessages).flat()),
    parse: (body) => rightNeeded('texts', body),
  }),
];
