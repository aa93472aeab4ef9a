import type { LinkExam, LinkSample, TriedPair } from '../../../src/renderer/core/doctor/linkExam';
import { id } from './samples';

const pair = (change: Partial<TriedPair>): TriedPair => ({
  ...{ local: 'host', remote: 'host', protocol: 'udp', via: null, family: 'IPv4' },
  ...{ state: 'works', fault: null, asked: 6, answered: 6 },
  ...change,
});
const failed = (fault: TriedPair['fault'], change: Partial<TriedPair> = {}): TriedPair =>
  pair({ state: 'failed', fault, asked: 9, answered: 0, ...change });

/** A minute of samples that go up and down, with a gap. */
const minute = (roundTripMs: number, lost: number | null): LinkSample[] =>
  Array.from({ length: 60 }, (_, n) => ({
    atMs: 1_000 * n,
    roundTripMs: n > 20 && n < 26 ? null : roundTripMs * (1 + 0.3 * Math.sin(n / 3)),
    lostFraction: lost === null ? null : Math.max(0, lost * Math.sin(n / 9)),
  }));

/** A link on a healthy LAN that carries a screen. */
const healthy: LinkExam = {
  isUp: true,
  path: { kind: 'local', via: null },
  samples: minute(0.8, 0.001),
  checks: { asked: 24, answered: 24 },
  tried: [
    pair({ state: 'in-use', family: 'IPv6', asked: 30, answered: 30 }),
    pair({}),
    pair({ remote: 'prflx', state: 'dropped' }),
    pair({ protocol: 'tcp', state: 'untried', asked: 0, answered: 0 }),
  ],
  findings: [{ code: 'direct', level: 'good', facts: {} }],
};

/** One that goes through a TURN server over TLS, with files alone. */
const relayed: LinkExam = {
  isUp: true,
  path: { kind: 'relay', via: 'tls' },
  samples: minute(420, null),
  checks: { asked: 24, answered: 21 },
  tried: [
    pair({ state: 'in-use', local: 'relay', remote: 'relay', via: 'tls' }),
    failed('unanswered', { remote: 'srflx' }),
    failed('unanswered', { remote: 'srflx' }),
    failed('one-way', { local: 'srflx', remote: 'prflx' }),
  ],
  findings: [
    { code: 'relayed', level: 'hint', facts: { count: 3 } },
    { code: 'no-udp', level: 'hint', facts: {} },
    { code: 'slow', level: 'hint', facts: { ms: 421 } },
    { code: 'stun-unreachable', level: 'hint', facts: { kind: 'STUN', via: 'UDP', code: 701 } },
  ],
};

/** None, as nothing was answered and the TURN server wants other credentials. */
export const blocked: LinkExam = {
  isUp: false,
  path: null,
  samples: [],
  checks: null,
  tried: [
    failed('unanswered'),
    failed('unanswered'),
    failed('unanswered', { family: 'IPv6' }),
    failed('one-way', { local: 'prflx', asked: 14 }),
    pair({ protocol: 'tcp', state: 'untried', asked: 0, answered: 0 }),
    failed('name-unresolved', { local: null, family: null, asked: null, answered: null }),
  ],
  findings: [
    { code: 'unanswered-internet', level: 'bad', facts: { count: 3 } },
    { code: 'turn-credentials', level: 'bad', facts: { kind: 'TURN', via: 'TLS', code: 401 } },
  ],
};

/** How the ways of each scene's sessions do, by session; where none is named, nothing is known. */
export const exams: Readonly<Record<string, Readonly<Record<string, LinkExam>>>> = {
  'session-watching': { [id(102)]: healthy },
  'session-empty': { [id(102)]: healthy },
  'session-without-link': { [id(102)]: blocked },
  'session-sharing-two': { [id(102)]: healthy, [id(101)]: relayed },
};
