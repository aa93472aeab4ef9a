/**
 * Chromium knows no schemes of ours, so a page of `app://hither/` runs at `https://hither.app.invalid/`: a secure origin
 * that no resolver knows, whose every request DevTools answers. The app itself only ever sees `app://hither/`.
 */
const SUFFIX = 'invalid';

const schemes = new Set<string>();

/** From now on URLs of this scheme are pages of the app. */
export function addScheme(scheme: string): void {
  schemes.add(scheme);
}

/** The URL as Chromium gets it. */
export function toChromium(url: string): string {
  const [, scheme, host, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/.exec(url) ?? [];
  if (scheme === undefined || !schemes.has(scheme)) return url;
  return `https://${host ?? ''}.${scheme}.${SUFFIX}${rest ?? ''}`;
}

/** The URL, or origin, as the app knows it. */
export function toApp(url: string): string {
  const [, host, scheme, rest] = /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.invalid(.*)$/.exec(url) ?? [];
  if (scheme === undefined || !schemes.has(scheme)) return url;
  return `${scheme}://${host ?? ''}${rest ?? ''}`;
}

/** The scheme of the app's that a request of Chromium's belongs to, or `null`. */
export function schemeOf(chromiumUrl: string): string | null {
  const url = toApp(chromiumUrl);
  return url === chromiumUrl ? null : (url.split(':')[0] ?? null);
}

/** The origin of a URL as Electron spells it: `app://hither`. */
export function originOf(url: string): string {
  const { protocol, host, origin } = new URL(url);
  return origin === 'null' && host !== '' ? `${protocol}//${host}` : origin;
}
