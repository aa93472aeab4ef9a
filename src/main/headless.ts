import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommandLine } from './commandLine';
import { runHeadless } from './runHeadless';

const root = join(import.meta.dirname, '../..');
const fileThreadPath = join(import.meta.dirname, 'fileThread.js');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const outcome = readCommandLine(process.argv.slice(2), process.env, version);
if (outcome.kind === 'print') {
  (outcome.exitCode === 0 ? process.stdout : process.stderr).write(`${outcome.text}\n`);
  process.exitCode = outcome.exitCode;
} else {
  await runHeadless(outcome.options, version, { pageDir: join(root, 'out/renderer'), fileThreadPath });
}
