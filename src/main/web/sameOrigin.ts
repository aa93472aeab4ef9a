import type { IncomingMessage } from 'node:http';

/** The names under which the page may be asked for on a port; any other `Host` is a rebound DNS name. */
function hostsOf(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
}

/** The `Host` of a request if it is one of ours, else `null`. */
export function checkedHost(request: IncomingMessage, port: number): string | null {
  const host = request.headers.host ?? '';
  return hostsOf(port).includes(host) ? host : null;
}

/**
 * Whether a request comes from our own page. Browsers name the origin of every WebSocket and leave it out when a page
 * is opened, so it is required for the one and, where it is there, checked for the other.
 */
export function isOwnOrigin(request: IncomingMessage, host: string, isRequired: boolean): boolean {
  const origin = request.headers.origin;
  return origin === undefined ? !isRequired : origin === `http://${host}`;
}
