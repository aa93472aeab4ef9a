/** Scheme and host under which the packaged page is served; together its origin. */
export const APP_SCHEME = 'app';
const APP_HOST = 'hither';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/**
 * The origin of a URL as `scheme://host[:port]`, or `null` where it has none (`about:blank`, `blob:`, nonsense).
 * `URL.origin` can't be used: Node calls the origin of every scheme it doesn't know `null`.
 */
export function originOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host } = new URL(url);
  return host === '' ? null : `${protocol}//${host}`;
}

/**
 * The origins whose main frame is ours: the app's own, and while developing the dev server's as well.
 * @param devServerUrl what electron-vite names in `ELECTRON_RENDERER_URL`; a packaged app ignores it
 */
export function trustedOrigins(isPackaged: boolean, devServerUrl: string | undefined): ReadonlySet<string> {
  const devOrigin = isPackaged || devServerUrl === undefined ? null : originOf(devServerUrl);
  return new Set(devOrigin === null ? [APP_ORIGIN] : [APP_ORIGIN, devOrigin]);
}

/** Whether a URL or serialized origin belongs to our page. */
export function isTrustedUrl(url: string | undefined, origins: ReadonlySet<string>): boolean {
  const origin = url === undefined ? null : originOf(url);
  return origin !== null && origins.has(origin);
}
