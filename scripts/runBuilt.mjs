import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { installDependencies } from './dependencies.mjs';

const root = join(import.meta.dirname, '..');

function fail(problem) {
  console.error(problem);
  process.exitCode = 1;
}

/** Installs and builds what is missing, as `npm start` does, and runs one file of the build in our place. */
export function runBuilt(file, args) {
  if (!installDependencies()) return fail('npm ci failed; its own words are above.');
  if (!isBuilt()) {
    console.error('Building …');
    if (!build()) return fail('The build failed; see above.');
  }
  const child = spawn(process.execPath, [join(root, file), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
