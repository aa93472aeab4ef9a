import type { Backend } from '../../shared/contract/backend';
import type { Bridge } from '../../shared/contract/bridge';
import { PAGE_SOCKET_PATH, PAGE_SUBPROTOCOL_PREFIX } from '../../shared/contract/pageSocket';
import { HitherError } from '../../shared/errors';
import { IpcBackend } from './IpcBackend';
import { takePageToken } from './pageToken';
import { WebSocketBackend } from './WebSocketBackend';

declare global {
  interface Window {
    /** There in the desktop app alone. */
    readonly hither?: Bridge;
  }
}

/** A backend, and what only the desktop app's preload can do for the page. */
export interface PageBackend {
  backend: Backend;
  /** A token for the path of a dropped or chosen file; `null` where it has none or the page may not know. */
  registerFile: (file: File) => Promise<string | null>;
}

/**
 * Connects the page to its backend: the main process where the preload offers it, else the headless process that
 * served the page.
 * @throws HitherError `not-allowed` when the page was opened without its token
 */
export function createBackend(page: Window): PageBackend {
  const { hither } = page;
  if (hither !== undefined) {
    return { backend: new IpcBackend(hither), registerFile: (file) => hither.registerFile(file) };
  }
  const token = takePageToken(page);
  if (token === null) throw new HitherError('not-allowed');
  const url = new URL(PAGE_SOCKET_PATH, page.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const connect = () => new WebSocket(url, PAGE_SUBPROTOCOL_PREFIX + token);
  return { backend: new WebSocketBackend(connect), registerFile: () => Promise.resolve(null) };
}
