import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as announcement from '../../../src/main/node/discovery/announcement';
import { requests } from '../../../src/shared/contract/contract';
import { Frame } from '../../../src/shared/contract/frames';
import * as device from '../../../src/shared/device';
import { Failure } from '../../../src/shared/errors';
import * as identity from '../../../src/shared/identity/messages';
import * as ids from '../../../src/shared/ids';
import { parseJson } from '../../../src/shared/parseJson';
import * as frames from '../../../src/shared/protocol/frames';
import { parseMessage } from '../../../src/shared/protocol/parseMessage';
import * as session from '../../../src/shared/protocol/session';
import * as text from '../../../src/shared/protocol/text';
import * as recordings from '../../../src/shared/protocol/recordings';
import * as viewRequests from '../../../src/shared/protocol/viewRequests';
import * as transfer from '../../../src/shared/protocol/transfer';
import * as version from '../../../src/shared/protocol/version';
import * as settings from '../../../src/shared/settings/settings';
import * as lan from '../../../src/shared/protocol/lan';
import * as links from '../../../src/shared/protocol/links';
import * as relay from '../../../src/shared/protocol/relay';
import * as relayUrl from '../../../src/shared/protocol/relayUrl';
import * as rendezvous from '../../../src/shared/protocol/rendezvous';
import * as rights from '../../../src/shared/protocol/rights';
import { pageFeatures } from '../../support/pageFeatures';

/** What may take any size, and what bounds it instead. */
const allowed: Record<string, string> = {
  'Frame.body': 'parsed again by `dispatch` with the schema of its request; the socket takes 64 MiB',
  'SessionFrame.body': 'parsed again with its feature’s schema; a carrier takes 256 KiB, parseJson 16 levels',
  'sessions:send.body': 'measured by the session, which sends 160 KiB at most; the socket takes 64 MiB',
  'carriers:frame.bytes': 'refined to 256 KiB',
  'texts:send.text': 'measured by `fitsInMessage`; the socket takes 64 MiB',
  'sources:bytes.bytes': 'the socket takes 64 MiB; only the length that was asked for is taken',
  'recordings:write.bytes': 'refined to 4 MiB',
  'recordings:stop.bytes': 'refined to 64 bytes',
  'lanes:packet.bytes': 'the socket takes 64 MiB; BlockAssembler keeps one block of 1 MiB',
};

const modules = { ...announcement, ...device, ...identity, ...ids, ...frames, ...transfer, ...version };
const schemas: Record<string, unknown> = { ...modules, ...settings, ...lan, ...links, Failure, Frame };
Object.assign(schemas, session, text, recordings, viewRequests, relay, relayUrl, rendezvous, rights);
for (const { name, schema } of pageFeatures()) schemas[`feature ${name}`] = schema;
for (const [name, { args }] of Object.entries(requests)) schemas[name] = args;
const peerFacing = Object.entries(schemas).filter(
  (each): each is [string, z.ZodType] => each[1] instanceof z.ZodType,
);

/** Whether a pattern matches strings of bounded length alone: anchored, and without open-ended repetition. */
function isBoundedPattern({ flags, source }: RegExp): boolean {
  const bare = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  return bare.startsWith('^') && bare.endsWith('$') && !flags.includes('m') && !/[*+]|,\}/.test(bare);
}

/** Schemas inside a schema, with the names they go by. A transformed value is what came in, so only that counts. */
function partsOf(schema: z.ZodType, path: string): [string, z.ZodType][] {
  const { def } = schema as unknown as { def: Record<string, unknown> };
  const list = (key: string): [string, z.ZodType][] =>
    ((def[key] as z.ZodType[] | undefined) ?? []).map((each) => [path, each]);
  const one = (key: string, name = path): [string, z.ZodType][] =>
    def[key] instanceof z.ZodType ? [[name, def[key]]] : [];
  const shape = Object.entries((def['shape'] ?? {}) as Record<string, z.ZodType>);
  return [
    ...shape.map(([key, each]): [string, z.ZodType] => [`${path}.${key}`, each]),
    ...one('element', `${path}[]`),
    ...one('keyType', `${path}{key}`),
    ...one('valueType', `${path}{}`),
    ...list('options'),
    ...list('items'),
    ...one('innerType'),
    ...one(def['in'] instanceof z.ZodTransform ? 'out' : 'in'),
    ...one('rest'),
  ];
}

const harmless = new Set([
  'object',
  'optional',
  'catch',
  'nullable',
  'default',
  'union',
  'literal',
  'enum',
  'number',
  'boolean',
  'tuple',
  'pipe',
  'readonly',
  'null',
]);

/** Whether a schema by itself, its parts aside, takes only so much. */
function isBounded(schema: z.ZodType): boolean {
  const { checks = [], type } = schema._zod.def as { type: string; checks?: z.core.$ZodCheck[] };
  const isLimit = ({ _zod }: z.core.$ZodCheck): boolean => {
    const { check, pattern } = _zod.def as { check: string; pattern?: RegExp };
    return (
      ['max_length', 'length_equals'].includes(check) || (pattern !== undefined && isBoundedPattern(pattern))
    );
  };
  if (type === 'string' || type === 'array') return checks.some(isLimit);
  if (type === 'record') {
    const many = (value: unknown) =>
      Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`k${n}`, value]));
    return ['x', 1, {}, null].every((value) => !schema.safeParse(many(value)).success);
  }
  return harmless.has(type);
}

function unboundedIn(schema: z.ZodType, path: string): string[] {
  const own = isBounded(schema) ? [] : [`${path} (${schema._zod.def.type})`];
  return [...own, ...partsOf(schema, path).flatMap(([name, part]) => unboundedIn(part, name))];
}

describe('what a peer, a relay or a page may say', () => {
  it('is looked at whole', () => {
    const names = peerFacing.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'TransferMessage',
        'SessionFrame',
        'SessionMessage',
        'LinkMessage',
        'TextMessage',
        'ViewRequestMessage',
        'RecordingMessage',
        'feature tracks',
        'Hello',
        'IdentityBody',
      ]),
    );
    expect(names).toEqual(
      expect.arrayContaining(['DeviceCard', 'Announcement', 'Settings', 'transfers:offer']),
    );
  });

  it.each(peerFacing)('%s has bounds on every text, list and record', (name, schema) => {
    const unbounded = new Set(unboundedIn(schema, name));
    const excused = [...unbounded].filter((each) => !(each.split(' ')[0]! in allowed));
    expect(excused).toEqual([]);
  });

  it('notices what has no bounds', () => {
    const check = (schema: z.ZodType): string[] => unboundedIn(schema, 'x');
    expect(check(z.string())).toHaveLength(1);
    expect(check(z.string().regex(/^a+$/))).toHaveLength(1);
    expect(check(z.string().regex(/^a{2,}$/))).toHaveLength(1);
    expect(check(z.string().regex(/[a-f]{2}/))).toHaveLength(1);
    expect(check(z.string().regex(/^[a+]{2}\+$/))).toEqual([]);
    expect(check(z.object({ a: z.array(z.string().max(1)) }))).toEqual(['x.a (array)']);
    expect(check(z.array(z.tuple([z.string()])).max(1))).toEqual(['x[] (string)']);
    expect(check(z.record(z.string().max(64), z.number()))).toHaveLength(1);
    expect(check(z.union([z.unknown(), z.any()]).optional())).toHaveLength(2);
    expect(check(z.string().transform((text) => text.length))).toHaveLength(1);
    expect(check(z.map(z.int(), z.int()))).toHaveLength(1);
  });

  it('is no deeper than its readers, and no failure has more than a few facts', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJson(z.unknown(), nested(16))).not.toBeNull();
    expect(parseJson(z.unknown(), nested(17))).toBeNull();
    expect(parseJson(z.unknown(), nested(1_000_000))).toBeNull();
    expect(parseMessage(frames.SessionFrame, `{"type":"ack","seq":1,"x":${nested(40)}}`)).toBeNull();
    const message = `{"type":"message","seq":1,"feature":"links","body":${nested(40)}}`;
    expect(parseMessage(frames.SessionFrame, message)).toBeNull();
    const facts = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));
    expect(Failure.safeParse({ code: 'declined', facts: facts(16) }).success).toBe(true);
    expect(Failure.safeParse({ code: 'declined', facts: facts(17) }).success).toBe(false);
    expect(Failure.safeParse({ code: 'declined', facts: { ['k'.repeat(65)]: 1 } }).success).toBe(false);
  });

  it('reaches no prototype', () => {
    const text = '{"code":"declined","facts":{"__proto__":"x","constructor":"y"},"__proto__":{"admin":1}}';
    const failure = parseJson(Failure, text)!;
    expect(Object.getPrototypeOf(failure)).toBe(Object.prototype);
    expect(Object.keys(failure)).toEqual(['code', 'facts']);
    expect(Object.getPrototypeOf(failure.facts)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});
