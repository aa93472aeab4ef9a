// `npm run bench:*`: installs and builds what is missing, as `npm start` does, and runs a benchmark with its arguments.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { installDependencies } from './dependencies.mjs';

const root = join(import.meta.dirname, '..');
const [name, ...args] = process.argv.slice(2);

function main() {
  if (!installDependencies()) return fail('npm ci failed; its own words are above.');
  if (!isBuilt()) {
    console.error('Building …');
    if (!build()) return fail('The build failed; see above.');
  }
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  return spawnSync(process.execPath, [tsx, join(root, 'bench', `${name}.ts`), ...args], {
    cwd: root,
    stdio: 'inherit',
  }).status;
}

function fail(problem) {
  console.error(problem);
  return 1;
}

process.exitCode = main() ?? 1;
