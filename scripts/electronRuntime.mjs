import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';

const root = join(import.meta.dirname, '..');
const packageDir = join(root, 'node_modules/electron');
const failureStamp = join(root, 'node_modules/.cache/hither/no-electron');
/** How long a start may wait for a download, in ms. */
const DOWNLOAD_MS = 8_000;
/** A download that failed is not tried again for so long, in ms. */
const RETRY_MS = 24 * 60 * 60 * 1000;

/** Where Electron keeps its program inside a distribution. */
function programIn(dist) {
  if (process.platform === 'darwin') return join(dist, 'Electron.app/Contents/MacOS/Electron');
  return join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** The runtime that the npm package has downloaded; it writes path.txt last. */
function downloadedRuntime() {
  const pathFile = join(packageDir, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(packageDir, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}

/** An `electron` on PATH; those in node_modules are the npm package's launcher and no runtime. */
function runtimeOnPath() {
  const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const dirs = (process.env.PATH ?? '').split(delimiter).filter((dir) => !dir.includes(`node_modules${sep}`));
  return dirs.map((dir) => join(dir, name)).find((path) => existsSync(path)) ?? null;
}

/** The Electron runtime of this machine, or `null`. */
export function findElectron() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override && existsSync(programIn(override))) return programIn(override);
  return downloadedRuntime() ?? runtimeOnPath();
}

/** Whether a download is worth a try: not forbidden, and not failed within a day. */
function mayDownload() {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || !existsSync(join(packageDir, 'install.js'))) return false;
  const failedMs = statSync(failureStamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - failedMs > RETRY_MS;
}

/**
 * Lets the npm package fetch its runtime, for a few seconds. One that takes longer goes on beside the app until the
 * app ends, so that a later start has it.
 * Resolves with the runtime or `null`.
 */
export async function fetchElectron() {
  if (!mayDownload()) return null;
  const child = spawn(process.execPath, [join(packageDir, 'install.js')], { stdio: 'ignore' });
  process.once('exit', () => child.kill());
  const isDone = new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => {
      if (code === 0) rmSync(failureStamp, { force: true });
      resolve(code === 0);
    });
  });
  let timer;
  const isLate = new Promise((resolve) => {
    timer = setTimeout(resolve, DOWNLOAD_MS, false);
  });
  const isThere = await Promise.race([isDone, isLate]);
  clearTimeout(timer);
  if (isThere) return downloadedRuntime();
  mkdirSync(dirname(failureStamp), { recursive: true });
  writeFileSync(failureStamp, '');
  child.unref();
  return null;
}
