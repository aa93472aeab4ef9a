import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../../../../src/renderer/i18n/en';
import { ko } from '../../../../src/renderer/i18n/ko';
import { RELAY_CLOSE_CODES } from '../../../../src/shared/protocol/relay';
import { DEFAULT_SETTINGS } from '../../../../src/relay/settings/RelaySettings';
import {
  ANSWER_TIMEOUT_MS,
  SESSION_LIMITS,
  RECONNECT_WINDOW_MS,
  VERIFY_TIMEOUT_MS,
} from '../../../../src/shared/protocol/lan';

const relay = DEFAULT_SETTINGS;
const text = readFileSync(join(import.meta.dirname, '../../../../PROTOCOL.md'), 'utf8').replace(/ +/g, ' ');
const kib = (count: number): string => `${count / 1024} KiB`;
const mi = (count: number): string => `${count / 1024 / 1024} Mi characters`;
const s = (ms: number): string => `${ms / 1000} s`;

it.each([
  [en, 'After three declined', (minutes: number) => `for ${minutes} minutes`],
  [ko, '세 번', (minutes: number) => `${minutes}분 동안`],
])('the words say how long a device is not shown that asked in vain', (words, count, time) => {
  expect(SESSION_LIMITS.maxInVain).toBe(3);
  for (const { help } of [words.errors['not-taking'], words.ends['not-taking']]) {
    expect(help).toContain(count);
    expect(help).toContain(time(SESSION_LIMITS.inVainWindowMs / 60_000));
  }
});

describe('the limits in the document', () => {
  const l = SESSION_LIMITS;
  it.each([
    `| stranger, until it has proven who it is | ${kib(l.maxStrangerBytes)}, ${s(l.strangerTimeoutMs)} |`,
    `| sockets without a session | ${l.maxStrangers}, ${l.maxStrangersPerAddress} from one address |`,
    `| handshakes answered | ${l.handshakesPerSecond}/s, bursts of ${l.burstHandshakes} |`,
    `| handshakes answered, one address | ${l.handshakesPerAddressPerSecond}/s, bursts of ${l.burstHandshakesPerAddress} |`,
    `| message | ${kib(l.maxMessageBytes)} |`,
    `| rate, until both have verified | ${l.messagesPerSecond} messages/s, bursts of ${l.burstMessages} |`,
    `| rate of a verified session | ${l.verifiedMessagesPerSecond} messages/s, bursts of ${l.verifiedBurstMessages} |`,
    `| on the way without an acknowledgement | ${l.maxInFlight} messages, ${mi(l.maxInFlightLength)} |`,
    `| waiting for a peer | ${mi(l.maxWaitingLength)} |`,
    `| ping, silence | ${s(l.heartbeatMs)}, ${s(l.silenceMs)} |`,
    `| answer of the person | ${s(ANSWER_TIMEOUT_MS)} |`,
    `| comparing the code | ${VERIFY_TIMEOUT_MS / 60_000} min |`,
    `| requests of unknown devices | ${l.promptsPerMinute} a minute, ${l.maxOpenPrompts} open at once |`,
    `| requests of one device that came to nothing | ${l.maxInVain} in ${l.inVainWindowMs / 60_000} min |`,
    `After ${s(RECONNECT_WINDOW_MS)} both give up`,
  ])('say: %s', (row) => {
    expect(text.replaceAll('\n', ' ')).toContain(row);
  });
});

describe('the limits of a relay in the document', () => {
  const { limits: l, mailboxes: m } = relay;
  it.each([
    `| frame, header included | 160 KiB and ${l.frameBytes - 160 * 1024} bytes |`,
    `| waiting for a member | ${m.waitingFrames} frames, ${m.waitingBytes / 2 ** 20} MiB |`,
    `| waiting of an address | ${m.waitingBytesPerAddress / 2 ** 20} MiB |`,
    `| place of a member that is away | ${s(m.awayMs)} |`,
    `| nameplate | ${m.nameplateMs / 60_000} min |`,
    `| new sides of a mailbox | ${m.attempts} in ${m.attemptWindowMs / 60_000} min |`,
    `| frames of a member | ${l.framesPerSecond}/s, bursts of ${l.framesPerSecond * 2} |`,
    `| bytes of a member | ${kib(l.bytesPerSecond)}/s, bursts of ${(l.bytesPerSecond * 4) / 2 ** 20} MiB |`,
    `| nameplates of an address | ${l.nameplatesPerMinute} a minute, bursts of ${l.burstNameplates} |`,
    `| sockets of an address | ${l.maxMembersPerAddress}; new ones ${l.socketsPerSecond}/s, bursts of ${l.burstSockets} |`,
    `| from the socket to its place | ${s(l.openingMs)} |`,
    `| ping, silence | ${s(l.heartbeatMs)}, ${s(l.silenceMs)} |`,
    `| a frame without an acknowledgement | ${s(l.unacknowledgedMs)} |`,
    `| unread in a socket | ${l.unreadBytes / 2 ** 20} MiB |`,
    ...Object.entries(RELAY_CLOSE_CODES).map(
      ([reason, code]) => new RegExp(`\\| ${code}( ↻)? \\| \`${reason}\` \\|`),
    ),
  ])('say: %s', (row) => {
    expect(text).toMatch(row);
  });
});
