import type { Bridge } from '../../shared/contract/bridge';
import {
  PAGE_NAME_PARAMETER,
  PAGE_SOCKET_PATH,
  PAGE_SUBPROTOCOL_PREFIX,
} from '../../shared/contract/pageSocket';
import { HitherError } from '../../shared/errors';
import { toHex } from '../../shared/ids';
import type { ClientBackend } from '../core/ClientBackend';
import type { DesktopFiles } from '../core/files/folderAccess';
import { IpcBackend } from './IpcBackend';
import { consumePageToken } from './pageToken';
import { WebSocketBackend } from './WebSocketBackend';

declare global {
  interface Window {
    /** There in the desktop app alone. */
    readonly hither?: Bridge;
  }
}

/** A backend, and what only the desktop app's preload can do for the page. */
export interface PageBackend {
  backend: ClientBackend;
  desktop: DesktopFiles | null;
}

/**
 * Connects the page to its backend: the main process where the preload offers it, else the headless process that
 * served the page.
 * @throws HitherError `not-allowed` when the page was opened without its token
 */
export function connectBackend(page: Window): PageBackend {
  const { hither } = page;
  if (hither !== undefined) {
    return { backend: new IpcBackend(hither), desktop: hither };
  }
  const token = consumePageToken(page);
  // The address of another start, put into a tab that has the one before: only the fragment differs, so nothing loads by itself.
  page.addEventListener('hashchange', () => {
    if (consumePageToken(page) !== token) page.location.reload();
  });
  if (token === null) throw new HitherError('not-allowed');
  const address = new URL(PAGE_SOCKET_PATH, page.location.href);
  address.searchParams.set(PAGE_NAME_PARAMETER, toHex(crypto.getRandomValues(new Uint8Array(16))));
  const socketAddress = new URL(address);
  socketAddress.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  const connect = () => new WebSocket(socketAddress, PAGE_SUBPROTOCOL_PREFIX + token);
  const post = async (body: Blob): Promise<unknown> => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(address, { method: 'POST', headers, body });
    return response.ok ? response.json() : null;
  };
  return { backend: new WebSocketBackend(connect, post), desktop: null };
}
