import type { WebContents } from 'electron';
import type { Log } from '../../../backend/ports';
import { isTrustedUrl } from './pageOrigin';

/** Hosts that a link in the page may open in the person's browser, over https only: where the project lives. */
const EXTERNAL_HOSTS: ReadonlySet<string> = new Set(['github.com']);

interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  preventDefault(): void;
}

/** The part of `WebContents` in use. */
export type GuardedContents = Pick<WebContents, 'setWindowOpenHandler' | 'on'>;

/** Whether a link may leave the app: https, no credentials, no odd port, a host that the project knows. */
function isExternalAllowed(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, port, username, password } = new URL(url);
  return (
    protocol === 'https:' && port === '' && username === '' && password === '' && EXTERNAL_HOSTS.has(hostname)
  );
}

/**
 * Keeps web contents on our own page: no other address in any frame, no new window, no webview. Links that are
 * allowed outside go to `openExternal`.
 */
export function guardContents(
  contents: GuardedContents,
  origins: ReadonlySet<string>,
  openExternal: (url: string) => void,
  log: Log,
): void {
  const leave = (url: string) => {
    if (isExternalAllowed(url)) openExternal(url);
    else log.warn('navigation denied');
  };
  const keep = (details: Navigation) => {
    if (details.isMainFrame && isTrustedUrl(details.url, origins)) return;
    details.preventDefault();
    if (details.isMainFrame) leave(details.url);
  };
  contents.setWindowOpenHandler(({ url }) => {
    leave(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', keep);
  contents.on('will-redirect', keep);
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
