import { EventEmitter } from 'node:events';
import type { IpcSender, IpcTransportOptions, PageContents } from '../../src/main/electron/IpcTransport';

type IpcMain = IpcTransportOptions['ipcMain'];
type Frame = IpcSender['senderFrame'];

/** The main process's end: handlers by channel, as `ipcMain.handle` keeps them. */
export class FakeIpcMain implements IpcMain {
  readonly handlers = new Map<string, (event: IpcSender, ...args: unknown[]) => unknown>();

  handle(channel: string, listener: (event: IpcSender, ...args: unknown[]) => unknown): void {
    if (this.handlers.has(channel)) throw new Error(`second handler for ${channel}`);
    this.handlers.set(channel, listener);
  }
}

/** A window's page: what main sees of it, and the `ipcRenderer` its preload has. Everything that crosses is cloned. */
export class FakeWindow {
  readonly contents = new FakeContents();
  /** The frame that messages come from; tests put another one here. */
  frame: Frame | 'gone' = { parent: null, origin: 'app://hither' };
  readonly #main: FakeIpcMain;

  constructor(main: FakeIpcMain) {
    this.#main = main;
  }

  get ipcRenderer() {
    return {
      invoke: (channel: string, ...args: unknown[]) => this.#invoke(channel, args),
      on: (channel: string, listener: (event: object, ...args: unknown[]) => void) =>
        this.contents.page.on(channel, listener),
      removeListener: (channel: string, listener: (event: object, ...args: unknown[]) => void) =>
        this.contents.page.removeListener(channel, listener),
    };
  }

  async #invoke(channel: string, args: unknown[]): Promise<unknown> {
    const { frame, contents } = this;
    const event = {
      sender: { id: contents.id },
      get senderFrame() {
        if (frame === 'gone')
          throw new Error('Render frame was disposed before WebFrameMain could be accessed');
        return frame;
      },
    };
    const handler = this.#main.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    // As Electron does: of an error, the text alone crosses.
    const fail = (error: unknown) => new Error(`Error invoking remote method '${channel}': ${String(error)}`);
    const run = async () => structuredClone(await handler(event, ...structuredClone(args)));
    return run().catch((error: unknown) => {
      throw fail(error);
    });
  }
}

let lastId = 0;

class FakeContents extends EventEmitter {
  readonly id = ++lastId;
  /** What the page's `ipcRenderer` listens on. */
  readonly page = new EventEmitter();
  readonly sent: unknown[][] = [];
  isGone = false;

  isDestroyed(): boolean {
    return this.isGone;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.isGone) throw new Error('Object has been destroyed');
    const cloned = structuredClone(args);
    this.sent.push(args);
    this.page.emit(channel, {}, ...cloned);
  }

  /** As Electron's own type, of which the transport uses a small part. */
  get asContents(): PageContents {
    return this as unknown as PageContents;
  }
}
