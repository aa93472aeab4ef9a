import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stampFile = join(root, 'node_modules/.cache/hither/installed');

/** @returns {string} digest of what package-lock.json asks for */
function wanted() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm's own record of what it installed answers where no
 * stamp does: it is newer than the lock file after every `npm install` and `npm ci`.
 * @returns {boolean}
 */
export function areDependenciesInstalled() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted()) return true;
  return hasEveryPackage(record);
}

/**
 * @param {string} record npm's list of what is in node_modules
 * @returns {boolean} whether it has each package of package-lock.json at its version; optional ones may be missing
 */
function hasEveryPackage(record) {
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
}

/**
 * Installs the dependencies where they are missing or outdated.
 * @returns {boolean} whether they are there now
 */
export function installDependencies() {
  if (areDependenciesInstalled()) return true;
  console.log('Installing dependencies (npm ci) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) return false;
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted());
  return true;
}
