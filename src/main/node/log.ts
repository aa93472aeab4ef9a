import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Log, LogFacts } from '../../backend/ports';
import { LogFile } from './LogFile';

/** Past this size the log of earlier runs is set aside at start; one older file is kept. */
const MAX_LOG_BYTES = 5 * 1024 * 1024;
/** What waits for a standard error that takes nothing. */
const MAX_WAITING_CHARACTERS = 64 * 1024;

/**
 * The log of one process: everything from `level` up in `hither.log` of the profile, warnings and errors on stderr too.
 * `HITHER_LOG_LEVEL=debug` adds addresses and names.
 * @throws Error if the profile can't be written
 */
export function openLog(profileDir: string, level = process.env['HITHER_LOG_LEVEL'] ?? 'info'): Log {
  mkdirSync(profileDir, { recursive: true, mode: 0o700 });
  const file = join(profileDir, 'hither.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
  const known = level in pino.levels.values ? level : 'info';
  const streams = pino.multistream([
    { level: known, stream: new LogFile(file) },
    { level: 'warn', stream: standardError() },
  ]);
  const logger = pino(
    {
      base: null,
      level: known,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: pino.stdSerializers.err },
    },
    streams,
  );
  const write = (to: pino.Level) => (event: string, facts?: LogFacts) => logger[to](facts ?? {}, event);
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** Who reads it may have gone, as a terminal that was closed: then there is nobody to tell. */
function standardError(): pino.DestinationStream {
  const stream = pino.destination({ dest: 2, sync: true, maxLength: MAX_WAITING_CHARACTERS });
  stream.on('error', () => undefined);
  return stream;
}
