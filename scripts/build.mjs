import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** What a build is made from. Folders count too: a file that was deleted leaves its mark there. */
const sources = [
  ...['src', 'scripts/flags.mjs', 'package.json', 'package-lock.json'],
  ...['electron.vite.config.ts', 'relay.vite.config.ts'],
];
/** One file of each part of a build. */
export const outputs = [
  'out/main/doctor.js',
  'out/main/headless.js',
  'out/main/index.js',
  'out/preload/index.cjs',
  'out/relay/index.js',
  'out/renderer/index.html',
];

function modifiedMs(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function newestMs(path) {
  const stats = statSync(join(root, path));
  if (!stats.isDirectory()) return stats.mtimeMs;
  const inside = readdirSync(join(root, path)).map((name) => newestMs(join(path, name)));
  return Math.max(stats.mtimeMs, ...inside);
}

/** Whether the build in out/ is complete and newer than everything it is made from. */
export function isBuilt() {
  const built = outputs.map(modifiedMs);
  if (built.includes(null)) return false;
  return Math.min(...built) >= Math.max(...sources.map(newestMs));
}

/** Builds; quiet unless it fails. Returns whether it worked. */
export function build() {
  return (
    run('electron-vite/bin/electron-vite.js', 'build') &&
    run('vite/bin/vite.js', 'build', '--config', 'relay.vite.config.ts')
  );
}

function run(program, ...args) {
  const path = join(root, 'node_modules', program);
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) process.stderr.write(`${stdout}${stderr}`);
  return status === 0;
}
