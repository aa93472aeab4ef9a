import { PAGE_TOKEN } from '../../shared/contract/pageSocket';

const STORAGE_KEY = 'hither.token';

/** The parts of `window` in use. */
export interface TokenPlace {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { replaceState(data: null, unused: string, url: string): void };
  readonly sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
}

/**
 * The token that `#token=…` brought, or that this tab was given earlier; `null` without one. The token leaves the
 * address at once, so that it is neither copied with it nor seen over a shoulder; the tab keeps it for reloads.
 */
export function consumePageToken({ location, history, sessionStorage }: TokenPlace): string | null {
  const brought = new URLSearchParams(location.hash.slice(1)).get('token');
  if (brought !== null) {
    history.replaceState(null, '', `${location.pathname}${location.search}`);
    if (PAGE_TOKEN.test(brought)) sessionStorage.setItem(STORAGE_KEY, brought);
  }
  return sessionStorage.getItem(STORAGE_KEY);
}
