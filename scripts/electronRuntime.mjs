import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DownloadError, ResumingDownloader } from './resumingDownloader.mjs';

const root = join(import.meta.dirname, '..');
const packageDir = join(root, 'node_modules/electron');
const downloadsDir = join(root, 'node_modules/.cache/hither/electron');
/** A download is given up when nothing has come for so long, in ms. */
export const STALL_MS = 10_000;
/** What names a proxy, to npm as well. */
const PROXY_VARIABLES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

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

/** Whether Electron's runtime may be downloaded: where its npm package is, and unless the person has forbidden it. */
export function mayFetchElectron() {
  return !process.env.ELECTRON_SKIP_BINARY_DOWNLOAD && existsSync(join(packageDir, 'install.js'));
}

/**
 * Downloads Electron's runtime, or what an earlier start has left of it to download. Mirrors and proxies are those that
 * the environment names to @electron/get.
 * @param {{ onProgress: (bytes: number, totalBytes: number | null) => void, signal: AbortSignal }} options
 * @returns {Promise<string>} the program
 * @throws {DownloadError} also as `damaged` (the checksum is another one) and `packed` (it could not be unpacked)
 * @throws {Error} of a file or @electron/get, or the signal's reason
 */
export async function fetchElectron({ onProgress, signal }) {
  const { env, platform } = process;
  const { downloadArtifact, initializeProxy } = await importElectronGet();
  if (PROXY_VARIABLES.some((name) => env[name])) initializeProxy();
  await mkdir(downloadsDir, { recursive: true });
  const arch = archOfElectron();
  const hasOtherChecksums = env.electron_use_remote_checksums || env.npm_config_electron_use_remote_checksums;
  try {
    await downloadArtifact({
      version: readJson('package.json').version,
      artifactName: 'electron',
      platform,
      arch,
      checksums: hasOtherChecksums ? undefined : readJson('checksums.json'),
      cacheRoot: env.electron_config_cache,
      tempDirectory: downloadsDir,
      downloader: new ResumingDownloader(downloadsDir),
      downloadOptions: { onProgress, signal, stallMs: STALL_MS },
    });
  } catch (error) {
    throw error.constructor.name === 'ChecksumMismatchError' ? new DownloadError('damaged') : error;
  }
  return unpack(arch, signal);
}

/** The library by which Electron's npm package downloads: what ours puts into its cache, the package finds there. */
async function importElectronGet() {
  const path = createRequire(join(packageDir, 'package.json')).resolve('@electron/get');
  return import(pathToFileURL(path).href);
}

function readJson(name) {
  return JSON.parse(readFileSync(join(packageDir, name), 'utf8'));
}

/** Apple's own on its processors, also where Node runs in its translation for Intel's. */
function archOfElectron() {
  if (process.platform !== 'darwin' || process.arch === 'arm64') return process.arch;
  const { stdout } = spawnSync('sysctl', ['-in', 'sysctl.proc_translated'], { encoding: 'utf8' });
  return stdout?.trim() === '1' ? 'arm64' : process.arch;
}

/** Lets the npm package unpack what is in the cache; its environment makes it ask for that very file. */
async function unpack(arch, signal) {
  const asked = {
    ELECTRON_INSTALL_PLATFORM: process.platform,
    ELECTRON_INSTALL_ARCH: arch,
    npm_config_arch: arch,
    force_no_cache: '',
  };
  const child = spawn(process.execPath, [join(packageDir, 'install.js')], {
    env: { ...process.env, ...asked },
    stdio: ['ignore', 'ignore', 'inherit'],
    signal,
  });
  await once(child, 'exit');
  signal.throwIfAborted();
  const program = downloadedRuntime();
  if (program === null) throw new DownloadError('packed');
  return program;
}
