import { readFile } from 'node:fs/promises';
import type { CustomScheme } from 'electron';
import type { PageFile } from '../../web/pageFolder';
import { securityHeaders } from '../../web/securityHeaders';
import { APP_ORIGIN, APP_SCHEME, originOf } from './pageOrigin';

/** What the page's scheme is given; to be registered before the app is ready, and once. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Unlike the localhost page this one opens no socket, so its policy allows none. */
const HEADERS = securityHeaders();

/**
 * Answers requests for `app://hither/…` from the files of the built page, and nothing else with anything but 404.
 * @param files the built page by URL path; what is not listed is not served, so no path leads out of it
 */
export function createAppHandler(
  files: ReadonlyMap<string, PageFile>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const file = originOf(request.url) === APP_ORIGIN ? files.get(new URL(request.url).pathname) : undefined;
    if (file === undefined) return refuse(404);
    const content = await readFile(file.path).catch(() => null);
    if (content === null) return refuse(404);
    const body = request.method === 'HEAD' ? null : new Uint8Array(content);
    return new Response(body, { headers: { ...HEADERS, 'content-type': file.contentType } });
  };
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: HEADERS });
}
