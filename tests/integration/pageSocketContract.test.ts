import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { RequestHandlers } from '../../src/shared/contract/backend';
import {
  PAGE_CLOSED_CODE,
  PAGE_NAME_PARAMETER,
  PAGE_SOCKET_PATH,
  PAGE_SUBPROTOCOL_PREFIX,
} from '../../src/shared/contract/pageSocket';
import { encodeFrame } from '../../src/shared/contract/frames';
import type { OfferItem } from '../../src/shared/contract/transfers';
import { MAX_ENTRIES, MAX_FILE_BYTES } from '../../src/shared/protocol/transfer';
import { MAX_OFFER_TEXT } from '../../src/shared/transfer/manifest/offer';
import type { PageHub } from '../../src/backend/pages/PageHub';
import { newHub } from '../support/newHub';
import { PageServer } from '../../src/main/web/PageServer';
import { consumePageToken } from '../../src/renderer/backend/pageToken';
import { type PageSocket, WebSocketBackend } from '../../src/renderer/backend/WebSocketBackend';
import { id } from '../support/harness/samples';
import { appState } from '../support/appState';
import { SOME_FINGERPRINT } from '../support/lan/identities';
import { FakeLog } from '../support/FakeLog';

/** Opens sockets as the page would that a person opened by the address that the start printed. */
function connectTo(
  server: PageServer,
  onSocket: (socket: WebSocket) => void,
  pageName: string | null = null,
): () => PageSocket {
  const url = new URL(server.url);
  const stored = new Map<string, string>();
  const token = consumePageToken({
    location: url,
    history: { replaceState: () => undefined },
    sessionStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
    },
  });
  const address = new URL(PAGE_SOCKET_PATH, url);
  address.protocol = 'ws:';
  if (pageName !== null) address.searchParams.set(PAGE_NAME_PARAMETER, pageName);
  return () => {
    const socket = new WebSocket(address, `${PAGE_SUBPROTOCOL_PREFIX}${token ?? ''}`, { origin: url.origin });
    onSocket(socket);
    return socket as unknown as PageSocket;
  };
}

/** The page's client against the real server: both ends of the same socket, by the address that a start prints. */
describe('the contract over the page socket', () => {
  let pageDir: string;
  let server: PageServer;
  let hub: PageHub;
  let packets: Uint8Array[];
  let sockets: WebSocket[];
  let backend: WebSocketBackend;

  beforeEach(async () => {
    pageDir = await mkdtemp(join(tmpdir(), 'hither-page-'));
    await writeFile(join(pageDir, 'index.html'), '<!doctype html>');
    packets = [];
    sockets = [];
    hub = newHub({
      onBug: (error) => {
        throw error;
      },
    });
    const handlers: Partial<RequestHandlers> = {
      'app:attach': (_args, pageId) => {
        hub.activate(pageId);
        return appState;
      },
      'lanes:packet': ({ bytes }) => {
        packets.push(Uint8Array.from(bytes));
        return {};
      },
      'transfers:offer': () => ({ transferId: id(2) }),
    };
    hub.serve(handlers as RequestHandlers);
    server = new PageServer({ pageDir, port: 0, hub, log: new FakeLog() });
    await server.start();
    backend = new WebSocketBackend(connectTo(server, (socket) => sockets.push(socket)));
    await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
  });

  afterEach(async () => {
    // The client reconnects for as long as its page lives; this one's page ends here.
    sockets.at(-1)?.removeAllListeners('close');
    await server.close();
    await rm(pageDir, { recursive: true });
  });

  it('answers, and carries bytes and events', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 253);
    await backend.request('lanes:packet', { laneId: 'l', bytes });
    expect(packets).toEqual([bytes]);
    const order = {
      jobId: 1,
      laneId: 'l',
      streamNo: 1,
      fileIndex: 0,
      blockIndex: 0,
      bytes: Uint8Array.of(1, 2),
    };
    const heard = new Promise((resolve) => backend.on('lanes:sendBlock', resolve));
    hub.emit('lanes:sendBlock', order);
    expect(await heard).toEqual(order);
  });

  it('takes the largest offer that a peer takes in one frame, and nothing twice as large', async () => {
    // Three bytes a character, and every number at its longest.
    const path = '한'.repeat(MAX_OFFER_TEXT / MAX_ENTRIES);
    const items = Array.from({ length: MAX_ENTRIES }, (_, index): OfferItem => {
      const sourceId = `file-${String(1_000_000 + index)}`;
      return { kind: 'page-file', sourceId, path, sizeBytes: MAX_FILE_BYTES, modifiedMs: 8.64e15 };
    });
    const body = { sessionId: id(1), items };
    expect(await backend.request('transfers:offer', body)).toEqual({ transferId: id(2) });
    const frame = encodeFrame({ kind: 'request', id: 1_000_000, name: 'transfers:offer', body });
    // The client would come back.
    sockets[0]?.removeAllListeners('close');
    const closed = once(sockets[0]!, 'close');
    sockets[0]?.send(Buffer.alloc(2 * Buffer.byteLength(frame)));
    expect((await closed)[0]).toBe(1009);
  });

  it('is the same page when its socket breaks, however that breaks, and another one when it was closed', async () => {
    const own: WebSocket[] = [];
    const page = new WebSocketBackend(connectTo(server, (socket) => own.push(socket), id(7)));
    await page.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    const events: string[] = [];
    hub.onGone((pageId) => events.push(`${pageId} gone`));
    hub.onClosed((pageId) => events.push(`${pageId} closed`));
    for (const breakOff of [
      (socket: WebSocket) => socket.terminate(),
      (socket: WebSocket) => socket.close(4000),
      (socket: WebSocket) => socket.send('no frame'),
    ]) {
      const back = new Promise<void>((resolve) => {
        const stop = page.onConnection((isConnected) => {
          if (!isConnected) return;
          stop();
          resolve();
        });
      });
      breakOff(own.at(-1)!);
      await back;
      expect(hub.standingOf(id(7))).toBe('aside');
      await page.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      expect(hub.standingOf(id(7))).toBe('used');
    }
    expect(events).toEqual(Array(3).fill(`${id(7)} gone`));
    // As a browser does when the page is closed or reloaded; the client would come back.
    own.at(-1)?.removeAllListeners('close');
    own.at(-1)?.close(PAGE_CLOSED_CODE);
    await vi.waitUntil(() => hub.standingOf(id(7)) === 'closed');
    expect(events.at(-1)).toBe(`${id(7)} closed`);
  });

  it('comes back by itself when the socket breaks', async () => {
    const changes: boolean[] = [];
    backend.onConnection((isConnected) => changes.push(isConnected));
    sockets[0]?.terminate();
    await vi.waitFor(() => expect(changes).toEqual([false, true]), { timeout: 5_000 });
    expect(sockets).toHaveLength(2);
    expect(await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT })).toEqual(appState);
  });
});
