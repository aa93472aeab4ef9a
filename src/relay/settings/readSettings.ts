import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MAX_RELAY_FRAME_BYTES } from '../../shared/protocol/relay';
import type { FlagName } from './flags';
import { type GivenFlags, readFlags } from './readFlags';
import { type CoturnSettings, DEFAULT_SETTINGS, type RelaySettings } from './RelaySettings';
import { settingsProblems } from './settingsProblems';

/** Either settings to start with, or a sentence for each mistake, or the wish for help. */
export type SettingsOutcome =
  | { kind: 'run'; settings: RelaySettings }
  | { kind: 'wrong'; problems: readonly string[] }
  | { kind: 'help' };

/** Largest number that makes sense for a count of bytes or members. */
const MANY = 2 ** 31 - 1;
const DEFAULT_REDIS_PREFIX = 'hither-relay:';
const LogLevel = z.enum(['debug', 'info', 'warn', 'error']);

/**
 * Reads flags and variables into settings, and checks them all. Reads the files that they name.
 * @param args the arguments after the program's name
 * @param readFile gives a text; throws where it can't
 */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): SettingsOutcome {
  const { given, problems } = readFlags(args, env);
  if (given.help !== undefined) return { kind: 'help' };
  const values = new Values(given, problems, readFile);
  const settings = settingsOf(values);
  // What two settings together mean can be said once each is what it should be.
  if (problems.length === 0) problems.push(...settingsProblems(settings));
  return problems.length === 0 ? { kind: 'run', settings } : { kind: 'wrong', problems };
}

/** What was given, one value at a time; notes a sentence for what is wrong and goes on with the default. */
class Values {
  readonly #given: GivenFlags;
  readonly #problems: string[];
  readonly #readFile: (path: string) => string;

  constructor(given: GivenFlags, problems: string[], readFile: (path: string) => string) {
    this.#given = given;
    this.#problems = problems;
    this.#readFile = readFile;
  }

  text(name: FlagName): string | null {
    return this.list(name)[0] ?? null;
  }

  list(name: FlagName): readonly string[] {
    return this.#given[name] ?? [];
  }

  /** A whole number, `unit` of which make one of what is given. */
  number(name: FlagName, min: number, max: number, otherwise: number, unit = 1): number {
    const given = this.text(name);
    if (given === null) return otherwise;
    const value = /^\d{1,12}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= min && value <= max) return value * unit;
    this.wrong(`--${name} takes a whole number from ${min} to ${max}, not ${given}.`);
    return otherwise;
  }

  /** The text of a file that a flag names. */
  file(name: FlagName): string | null {
    const path = this.text(name);
    if (path === null) return null;
    try {
      return this.#readFile(path);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      this.wrong(`--${name}: the file ${path} can't be read (${code}).`);
      return null;
    }
  }

  wrong(problem: string): void {
    this.#problems.push(problem);
  }
}

function settingsOf(values: Values): RelaySettings {
  const { mailboxes, ...rest } = DEFAULT_SETTINGS;
  return {
    ...rest,
    port: values.number('port', 0, 65_535, rest.port),
    host: values.text('host') ?? rest.host,
    basePath: values.text('base-path')?.replace(/\/$/, '') ?? rest.basePath,
    trustedProxies: values.number('trust-proxy', 0, 10, rest.trustedProxies),
    tls: tlsOf(values),
    publicUrl: values.text('public-url'),
    stunUrls: values.list('stun-url'),
    turn: turnOf(values),
    coturn: coturnOf(values),
    redis: redisOf(values),
    metricsToken: values.text('metrics-token'),
    logLevel: logLevelOf(values),
    drainMs: values.number('drain-seconds', 0, 3_600, rest.drainMs, 1000),
    limits: limitsOf(values),
    mailboxes: {
      ...mailboxes,
      waitingFrames: values.number('waiting-frames', 1, 65_536, mailboxes.waitingFrames),
      waitingBytes: values.number('waiting-bytes', 1024, MANY, mailboxes.waitingBytes),
      waitingBytesInAll: values.number('waiting-megabytes', 1, 2_047, mailboxes.waitingBytesInAll, 2 ** 20),
      waitingBytesPerAddress: values.number(
        'waiting-megabytes-per-address',
        1,
        2_047,
        mailboxes.waitingBytesPerAddress,
        2 ** 20,
      ),
      awayMs: values.number('away-seconds', 1, 86_400, mailboxes.awayMs, 1000),
      nameplateMs: values.number('nameplate-seconds', 1, 86_400, mailboxes.nameplateMs, 1000),
    },
  };
}

function limitsOf(values: Values): RelaySettings['limits'] {
  const { limits } = DEFAULT_SETTINGS;
  return {
    ...limits,
    maxMembers: values.number('max-members', 1, 1_000_000, limits.maxMembers),
    maxMembersPerAddress: values.number('max-members-per-address', 1, 1_000_000, limits.maxMembersPerAddress),
    nameplatesPerMinute: values.number('nameplates-per-minute', 1, 10_000, limits.nameplatesPerMinute),
    frameBytes: values.number('max-frame-bytes', 1024, MAX_RELAY_FRAME_BYTES, limits.frameBytes),
    framesPerSecond: values.number('frames-per-second', 1, 100_000, limits.framesPerSecond),
    bytesPerSecond: values.number('bytes-per-second', 1024, MANY, limits.bytesPerSecond),
  };
}

/** Half of a pair is a mistake that must not end in a relay without the other half. */
function tlsOf(values: Values): RelaySettings['tls'] {
  const [cert, key] = [values.text('tls-cert'), values.text('tls-key')];
  if (cert === null && key === null) return null;
  if (cert === null) values.wrong('--tls-key needs its certificate: --tls-cert FILE.');
  if (key === null) values.wrong('--tls-cert needs its key: --tls-key FILE.');
  return { cert: values.file('tls-cert') ?? '', key: values.file('tls-key') ?? '' };
}

function turnOf(values: Values): RelaySettings['turn'] {
  const [urls, secret] = [values.list('turn-url'), values.text('turn-secret')];
  const ttlS = values.number('turn-ttl', 60, 86_400, 900);
  if (urls.length > 0 && secret === null)
    values.wrong(
      '--turn-url needs the secret of the TURN server: without one it would have to serve anybody.',
    );
  if (urls.length === 0 && (secret !== null || values.text('turn-ttl') !== null))
    values.wrong('--turn-secret and --turn-ttl mean nothing without --turn-url.');
  return urls.length === 0 ? null : { urls, secret: secret ?? '', ttlS };
}

function coturnOf(values: Values): CoturnSettings {
  const { coturn } = DEFAULT_SETTINGS;
  const [certFile, keyFile] = [values.text('turn-cert'), values.text('turn-key')];
  if ((certFile === null) !== (keyFile === null)) values.wrong('--turn-cert and --turn-key go together.');
  const [, min, max] = /^(\d{1,5})-(\d{1,5})$/.exec(values.text('turn-ports') ?? '') ?? [];
  const isGiven = min !== undefined && max !== undefined;
  if (values.text('turn-ports') !== null && !isGiven) values.wrong('--turn-ports is like 49160-49759.');
  return {
    externalAddresses: values.list('turn-external-ip'),
    allowedPeers: values.list('turn-allowed-peer'),
    ports: isGiven ? { min: Number(min), max: Number(max) } : coturn.ports,
    tls: certFile === null || keyFile === null ? null : { certFile, keyFile },
  };
}

function redisOf(values: Values): RelaySettings['redis'] {
  const [url, prefix] = [values.text('redis-url'), values.text('redis-prefix')];
  if (url === null && prefix !== null) values.wrong('--redis-prefix means nothing without --redis-url.');
  return url === null ? null : { url, prefix: prefix ?? DEFAULT_REDIS_PREFIX };
}

function logLevelOf(values: Values): RelaySettings['logLevel'] {
  const given = values.text('log-level');
  if (given === null) return DEFAULT_SETTINGS.logLevel;
  const level = LogLevel.safeParse(given);
  if (level.success) return level.data;
  values.wrong(`--log-level is debug, info, warn or error, not ${given}.`);
  return DEFAULT_SETTINGS.logLevel;
}
