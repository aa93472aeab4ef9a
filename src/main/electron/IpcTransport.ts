import { basename, isAbsolute } from 'node:path';
import type { WebContents } from 'electron';
import type { Outcome } from '../../shared/contract/backend';
import { type ChosenFolder, ipcChannels } from '../../shared/contract/bridge';
import { HitherError } from '../../shared/errors';
import type { Log } from '../../backend/ports';
import type { PageConnection, PageHub, SendEvent } from '../../backend/pages/PageHub';
import { isTrustedUrl } from './window/pageOrigin';

/** What an IPC message says of its sender; the part of `IpcMainInvokeEvent` in use. */
export interface IpcSender {
  readonly sender: { readonly id: number };
  readonly senderFrame: { readonly parent: unknown; readonly origin: string } | null;
}

/** The part of `ipcMain` in use. */
interface IpcMainPort {
  handle(channel: string, listener: (event: IpcSender, ...args: unknown[]) => unknown): void;
}

/** The part of a window's `WebContents` in use. */
export type PageContents = Pick<WebContents, 'executeJavaScript' | 'id' | 'isDestroyed' | 'send' | 'on'>;

/** What the receiver sees of a disk that is sent as a whole. */
const ROOT_NAME = 'disk';

export interface IpcTransportOptions {
  ipcMain: IpcMainPort;
  hub: Pick<PageHub, 'connect'>;
  /** Makes a token that stands for an absolute path in offers. */
  registerPath: (path: string) => string;
  /** Has the person choose folders to send; absolute paths, none where they cancel. */
  chooseFolders: () => Promise<string[]>;
  origins: ReadonlySet<string>;
  log: Log;
}

/**
 * The contract over Electron's IPC. Only the main frame of a window that was added, on our own origin, is answered;
 * each document loaded there is a page of its own, so what belonged to the one before is given up with it.
 */
export class IpcTransport {
  readonly #options: IpcTransportOptions;
  readonly #pages = new Map<number, PageConnection>();
  readonly #contents = new Map<string, PageContents>();

  /** Registers the IPC channels; one transport a process. */
  constructor(options: IpcTransportOptions) {
    this.#options = options;
    options.ipcMain.handle(ipcChannels.request, (event, name, args) => this.#request(event, name, args));
    options.ipcMain.handle(ipcChannels.registerPath, (event, path) => this.#registerPath(event, path));
    options.ipcMain.handle(ipcChannels.chooseFolders, (event) => this.#chooseFolders(event));
  }

  /** Lets the page of this window in; call it before the window loads anything. */
  addContents(contents: PageContents): void {
    const disconnect = () => {
      const page = this.#pages.get(contents.id);
      if (page === undefined) return;
      page.disconnect();
      this.#pages.delete(contents.id);
      this.#contents.delete(page.pageId);
    };
    // `did-navigate` comes with the new document, not with an attempt that `will-navigate` may still deny.
    contents.on('did-navigate', () => {
      disconnect();
      const page = this.#options.hub.connect(sendTo(contents));
      this.#pages.set(contents.id, page);
      this.#contents.set(page.pageId, contents);
    });
    contents.on('render-process-gone', disconnect);
    contents.on('destroyed', disconnect);
  }

  /** What a page is shown in; `null` for one that is gone. */
  contentsOf(pageId: string): PageContents | null {
    return this.#contents.get(pageId) ?? null;
  }

  async #request(event: IpcSender, name: unknown, args: unknown): Promise<Outcome> {
    return this.#trustedPage(event, ipcChannels.request).request(name, args);
  }

  #registerPath(event: IpcSender, path: unknown): string {
    this.#trustedPage(event, ipcChannels.registerPath);
    if (typeof path !== 'string' || !isAbsolute(path)) throw new HitherError('bad-request');
    return this.#options.registerPath(path);
  }

  async #chooseFolders(event: IpcSender): Promise<ChosenFolder[]> {
    this.#trustedPage(event, ipcChannels.chooseFolders);
    const paths = await this.#options.chooseFolders();
    // The root of a disk has no name.
    return paths.map((path) => ({
      token: this.#options.registerPath(path),
      name: basename(path) || ROOT_NAME,
    }));
  }

  #trustedPage(event: IpcSender, channel: string): PageConnection {
    const page = this.#pages.get(event.sender.id);
    if (page !== undefined && isTrustedFrame(event, this.#options.origins)) return page;
    this.#options.log.warn('ipc message dropped', { channel });
    throw new HitherError('not-allowed');
  }
}

/** Electron gives `null`, or throws on access, for a frame that has navigated away or been destroyed. */
function isTrustedFrame(event: IpcSender, origins: ReadonlySet<string>): boolean {
  try {
    const frame = event.senderFrame;
    return frame !== null && frame.parent === null && isTrustedUrl(frame.origin, origins);
  } catch {
    return false;
  }
}

function sendTo(contents: PageContents): SendEvent {
  return (name, data) => {
    if (!contents.isDestroyed()) contents.send(ipcChannels.event, name, withOwnBytes(data));
  };
}

/**
 * The structured clone of a view carries its whole buffer, and Node's small buffers share one: bytes that are a part
 * of something larger go as a copy.
 */
function withOwnBytes(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('bytes' in data)) return data;
  const { bytes } = data;
  if (!(bytes instanceof Uint8Array) || bytes.byteLength === bytes.buffer.byteLength) return data;
  return { ...data, bytes: Uint8Array.from(bytes) };
}
