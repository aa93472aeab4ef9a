import { mkdir, open, rename, stat, truncate } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * Why a download failed; `host` is whom we asked. `code` is `unreachable` (`reason`: a code of Node or OpenSSL), `refused`
 * (`status`: what the host answered), `stalled` or `cut`.
 */
export class DownloadError extends Error {
  constructor(code, facts) {
    super(code);
    Object.assign(this, { code, ...facts });
  }
}

/** A range that begins behind the file's end, as HTTP says it. */
const RANGE_NOT_SATISFIABLE = 416;

/**
 * A downloader for @electron/get, whose own forgets what has come when a download ends early and waits five minutes for
 * the next byte. This one keeps it and asks for the rest the next time. Who calls compares the whole with its checksum.
 */
export class ResumingDownloader {
  #partsDir;

  /** @param {string} partsDir where what has come is kept; on the file system that is downloaded to */
  constructor(partsDir) {
    this.#partsDir = partsDir;
  }

  /**
   * Moves the part that is there to the target and back, so that of two starts at a time only one goes on with it.
   * @param {string} url
   * @param {string} target the file's path
   * @param {{ onProgress: (bytes: number, totalBytes: number | null) => void, stallMs: number, signal: AbortSignal }} options
   *   `stallMs`: the download is given up when nothing has come for so long; `signal` ends it
   * @throws {DownloadError} or the error of a file, or the signal's reason
   */
  async download(url, target, options) {
    await mkdir(this.#partsDir, { recursive: true });
    const part = join(this.#partsDir, `${basename(target)}.part`);
    await moveIfThere(part, target);
    try {
      await downloadRest(url, target, options);
    } catch (error) {
      await moveIfThere(target, part);
      throw error;
    }
  }
}

/** Asks again when the connection broke, for as long as each try brings more than there was. */
async function downloadRest(url, target, options) {
  for (;;) {
    const from = await sizeOf(target);
    try {
      return await request(url, target, from, options);
    } catch (error) {
      if (error.status === RANGE_NOT_SATISFIABLE && from > 0) await truncate(target);
      else if (error.code !== 'cut' || (await sizeOf(target)) <= from) throw error;
    }
  }
}

/** One request, for what comes after the first `from` bytes. */
async function request(url, target, from, { onProgress, stallMs, signal }) {
  const { host } = new URL(url);
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(new DownloadError('stalled', { host })), stallMs);
  try {
    const response = await ask(url, from, AbortSignal.any([signal, stall.signal]));
    if (!response.ok) throw new DownloadError('refused', { host, status: response.status });
    const hasRest = response.status === 206;
    const file = await open(target, hasRest ? 'a' : 'w');
    try {
      let bytes = hasRest ? from : 0;
      const length = response.headers.get('content-length');
      const totalBytes = length === null ? null : bytes + Number(length);
      for await (const chunk of bodyOf(response, host)) {
        timer.refresh();
        await file.writeFile(chunk);
        bytes += chunk.length;
        onProgress(bytes, totalBytes);
      }
    } finally {
      await file.close();
    }
  } finally {
    clearTimeout(timer);
    // An answer that was not read to its end would keep its connection.
    stall.abort();
  }
}

async function ask(url, from, signal) {
  // A part of a compressed answer would be no part of the file.
  const headers = { 'accept-encoding': 'identity', ...(from > 0 && { range: `bytes=${from}-` }) };
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { code, message } = error.cause ?? error;
    throw new DownloadError('unreachable', { host: new URL(url).host, reason: code ?? message });
  }
}

async function* bodyOf(response, host) {
  try {
    yield* response.body;
  } catch (error) {
    // What fetch says of a connection that broke; a signal's reason comes as it is.
    throw error instanceof TypeError ? new DownloadError('cut', { host }) : error;
  }
}

async function sizeOf(path) {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
}

async function moveIfThere(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
