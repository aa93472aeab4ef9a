import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { FrameOfSender } from './FrameTable';
import { decodeIpc, type Encoded, encodeIpc } from './ipcCodec';
import { named } from './named';

type Handler = Parameters<IpcMain['handle']>[1];

const handlers = new Map<string, Handler>();

/**
 * Runs what a page invoked; the answer has crossed over already.
 * @throws Error in the words that Electron has for the page
 */
export async function answerInvoke(
  sender: WebContents,
  senderFrame: FrameOfSender | null,
  channel: string,
  args: readonly Encoded[],
): Promise<Encoded> {
  const handler = handlers.get(channel);
  const event = named('event', { sender, senderFrame }) as unknown as IpcMainInvokeEvent;
  try {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return encodeIpc(await handler(event, ...args.map(decodeIpc)));
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error });
  }
}

export const ipcMain = named('ipcMain', {
  handle(channel: string, listener: Handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, listener);
  },
} satisfies Partial<IpcMain>);
