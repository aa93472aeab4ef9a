import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the built page. */
export interface PageFile {
  path: string;
  contentType: string;
  /** Its name holds a hash of its content, so a browser may keep it for good. */
  isHashed: boolean;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** The built page is not there. */
export class PageMissingError extends Error {
  readonly dir: string;

  constructor(dir: string) {
    super(`no page in ${dir}`);
    this.name = 'PageMissingError';
    this.dir = dir;
  }
}

/**
 * The files of the built page by URL path, listed once at start. What is not in the list is not served, so there is
 * no path to escape from; symbolic links are left out.
 * @throws PageMissingError if the folder has no index.html
 */
export async function listPageFiles(dir: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const urlPath = path.slice(dir.length).replaceAll('\\', '/');
    files.set(urlPath, {
      path,
      contentType: CONTENT_TYPES[extname(entry.name)] ?? 'application/octet-stream',
      isHashed: urlPath.startsWith('/assets/'),
    });
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new PageMissingError(dir);
  return files.set('/', index);
}
