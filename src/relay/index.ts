import pino from 'pino';
import type { Log, LogFacts } from '../shared/log';
import { coturnConfig } from './coturn/coturnConfig';
import { createRelay } from './createRelay';
import type { Relay } from './createRelayOn';
import { runDoctor } from './doctor/runDoctor';
import { helpText } from './settings/flags';
import { readSettings } from './settings/readSettings';
import type { RelaySettings } from './settings/RelaySettings';

/** Exit codes: of a start that the settings or the system keep from happening, and of a fault, ours or one that the doctor found. */
const START_FAILED = 2;
const FAULT = 1;

/** JSON lines on standard output. Written at once, so that those before a crash are there. */
function openLog(level: string): Log {
  const logger = pino(
    {
      base: null,
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
    },
    pino.destination({ dest: 1, sync: true }),
  );
  const write = (to: pino.Level) => (event: string, facts?: LogFacts) => logger[to](facts ?? {}, event);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** The first signal drains; another one, or a fault, ends the process as it is. */
function endOnSignals(relay: Relay): void {
  let isLeaving = false;
  const leave = (signal: NodeJS.Signals): void => {
    if (isLeaving && signal !== 'SIGINT') return;
    if (isLeaving) process.exit(FAULT);
    isLeaving = true;
    void relay.drain().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
}

function endOnFaults(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.error(event, { error });
      process.exit(FAULT);
    });
}

function printCoturnConfig(settings: RelaySettings): void {
  try {
    process.stdout.write(coturnConfig(settings));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = START_FAILED;
  }
}

async function examineRelay(settings: RelaySettings): Promise<void> {
  const { publicUrl } = settings;
  if (publicUrl === null) {
    process.stderr.write('The doctor needs to know where clients reach the relay: --public-url.\n');
    process.exitCode = START_FAILED;
    return;
  }
  const isWell = await runDoctor(publicUrl, settings, (line) => process.stdout.write(`${line}\n`));
  process.exitCode = isWell ? 0 : FAULT;
}

async function main(): Promise<void> {
  const [first, ...rest] = process.argv.slice(2);
  const isCommand = first === 'coturn' || first === 'doctor';
  const outcome = readSettings(isCommand ? rest : process.argv.slice(2), process.env);
  if (outcome.kind === 'help') {
    process.stdout.write(`${helpText()}\n`);
    return;
  }
  if (outcome.kind === 'wrong') {
    process.stderr.write(`${outcome.problems.join('\n')}\n\nSee --help for the flags.\n`);
    process.exitCode = START_FAILED;
    return;
  }
  if (first === 'coturn') printCoturnConfig(outcome.settings);
  else if (first === 'doctor') await examineRelay(outcome.settings);
  else await serve(outcome.settings);
}

async function serve(settings: RelaySettings): Promise<void> {
  const log = openLog(settings.logLevel);
  endOnFaults(log);
  const relay = createRelay(settings, { log, isOwnProcess: true });
  endOnSignals(relay);
  try {
    await relay.start();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    process.stderr.write(`The relay can't start: ${message}${code === undefined ? '' : ` (${code})`}.\n`);
    process.exit(START_FAILED);
  }
}

await main();
