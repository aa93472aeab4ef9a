import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeFrame, encodeFrame, type Frame } from '../../../../src/shared/contract/frames';
import { Settings } from '../../../../src/shared/settings/settings';
import { type PageSocket, WebSocketBackend } from '../../../../src/renderer/backend/WebSocketBackend';

/** A browser's WebSocket whose other end is the test. */
class FakeSocket implements PageSocket {
  binaryType: BinaryType = 'blob';
  readonly sent: Frame[] = [];
  isOpen = false;
  readonly #listeners = new Map<string, ((event: { data: unknown }) => void)[]>();

  addEventListener(type: string, listener: (event: { data: unknown }) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (!this.isOpen) throw new Error('InvalidStateError');
    this.sent.push(decodeFrame(data)!);
  }

  fire(type: 'open' | 'close' | 'message', data: unknown = null): void {
    this.isOpen = type === 'open' || (type === 'message' && this.isOpen);
    for (const listener of this.#listeners.get(type) ?? []) listener({ data });
  }

  /** As a browser delivers it: text, or an `ArrayBuffer` because that is what was asked for. */
  deliver(frame: Frame): void {
    const encoded = encodeFrame(frame);
    this.fire('message', typeof encoded === 'string' ? encoded : encoded.buffer);
  }
}

describe('WebSocketBackend', () => {
  let sockets: FakeSocket[];
  let backend: WebSocketBackend;
  let connections: boolean[];

  const newest = () => sockets.at(-1)!;
  const update = () => backend.request('settings:update', { theme: 'dark' });
  const settings = Settings.parse({ name: 'NAS', language: 'ko', theme: 'dark', downloadsDir: '/d' });
  const answer = (socket: FakeSocket, index: number) => {
    const frame = socket.sent[index];
    if (frame?.kind === 'request')
      socket.deliver({ kind: 'outcome', id: frame.id, body: { ok: true, value: settings } });
  };

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    connections = [];
    backend = new WebSocketBackend(() => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    });
    backend.onConnection((isConnected) => connections.push(isConnected));
  });

  afterEach(() => vi.useRealTimers());

  describe('with the bytes of a blob', () => {
    const failure = { code: 'unknown-source' as const, facts: {} };

    it('posts them, unread, beside the socket', async () => {
      const posted: Blob[] = [];
      const posting = new WebSocketBackend(
        () => new FakeSocket(),
        (body) => {
          posted.push(body);
          return Promise.resolve({ ok: true, value: {} });
        },
      );
      const blob = new Blob([Uint8Array.of(1, 2, 3)]);
      const read = vi.spyOn(blob, 'arrayBuffer');
      expect(await posting.requestWithBlob('sources:bytes', { jobId: 4 }, blob)).toEqual({});
      expect(read).not.toHaveBeenCalled();
      expect(decodeFrame(new Uint8Array(await posted[0]!.arrayBuffer()))).toEqual({
        kind: 'request',
        id: 0,
        name: 'sources:bytes',
        body: { jobId: 4, bytes: Uint8Array.of(1, 2, 3) },
      });
    });

    it('says what the backend says', async () => {
      const posting = new WebSocketBackend(
        () => new FakeSocket(),
        () => Promise.resolve({ ok: false, failure }),
      );
      const asked = posting.requestWithBlob('sources:bytes', { jobId: 4 }, new Blob(['a']));
      await expect(asked).rejects.toMatchObject({ code: 'unknown-source' });
    });

    it.each([
      ['is none', () => Promise.resolve(null)],
      ['fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ])('takes the socket where a post %s', async (_, post) => {
      const socket = new FakeSocket();
      const posting = new WebSocketBackend(() => socket, post);
      socket.fire('open');
      const asked = posting.requestWithBlob('sources:bytes', { jobId: 4 }, new Blob(['a']));
      await vi.waitFor(() => expect(socket.sent).toHaveLength(1));
      expect(socket.sent[0]).toMatchObject({
        name: 'sources:bytes',
        body: { jobId: 4, bytes: Uint8Array.of(97) },
      });
      socket.deliver({ kind: 'outcome', id: 1, body: { ok: true, value: {} } });
      expect(await asked).toEqual({});
    });
  });

  it('holds requests back until the first connection is there', async () => {
    const result = update();
    expect(newest().sent).toEqual([]);
    newest().fire('open');
    expect(newest().sent).toMatchObject([
      { kind: 'request', name: 'settings:update', body: { theme: 'dark' } },
    ]);
    answer(newest(), 0);
    expect(await result).toEqual(settings);
    expect(connections).toEqual([]);
  });

  it('gives each request its own answer, in whatever order they come', async () => {
    newest().fire('open');
    const first = backend.request('folders:choose', {});
    const second = backend.request('folders:choose', {});
    const [a, b] = newest().sent as { id: number }[];
    newest().deliver({ kind: 'outcome', id: b!.id, body: { ok: true, value: { dir: '/b' } } });
    newest().deliver({ kind: 'outcome', id: a!.id, body: { ok: true, value: { dir: '/a' } } });
    expect([await first, await second]).toEqual([{ dir: '/a' }, { dir: '/b' }]);
  });

  it('gives the bytes that a result has', async () => {
    newest().fire('open');
    const transferId = '1'.repeat(32);
    const result = backend.request('transfers:picture', { transferId });
    newest().deliver({
      kind: 'outcome',
      id: 1,
      body: { ok: true, value: { bytes: Uint8Array.of(5, 0, 255) } },
    });
    expect(await result).toEqual({ bytes: Uint8Array.of(5, 0, 255) });
  });

  it('rejects with the code and facts that the backend names', async () => {
    newest().fire('open');
    const result = update();
    const failure = { code: 'folder-missing' as const, facts: { dir: '/x' } };
    newest().deliver({ kind: 'outcome', id: 1, body: { ok: false, failure } });
    await expect(result).rejects.toMatchObject(failure);
  });

  it('rejects an answer that breaks the contract', async () => {
    newest().fire('open');
    const result = update();
    newest().deliver({ kind: 'outcome', id: 1, body: { ok: true, value: { name: 5 } } });
    await expect(result).rejects.toMatchObject({ code: 'internal' });
  });

  it('sends bytes as they are and receives them as an array buffer', () => {
    newest().fire('open');
    expect(newest().binaryType).toBe('arraybuffer');
    void backend.request('lanes:packet', { laneId: 'l', bytes: Uint8Array.of(1, 2, 3) });
    expect(newest().sent).toMatchObject([{ body: { laneId: 'l', bytes: Uint8Array.of(1, 2, 3) } }]);
    const orders: unknown[] = [];
    backend.on('lanes:sendBlock', (order) => orders.push(order));
    const order = {
      jobId: 1,
      laneId: 'l',
      streamNo: 1,
      fileIndex: 0,
      blockIndex: 0,
      bytes: Uint8Array.of(9, 8),
    };
    newest().deliver({ kind: 'event', name: 'lanes:sendBlock', body: order });
    expect(orders).toEqual([order]);
  });

  it('drops frames and events that break the contract', () => {
    newest().fire('open');
    const heard: unknown[] = [];
    backend.on('settings:changed', (data) => heard.push(data));
    newest().fire('message', 'nonsense');
    newest().fire('message', new ArrayBuffer(2));
    newest().deliver({ kind: 'event', name: 'settings:changed', body: { name: 5 } });
    newest().deliver({ kind: 'outcome', id: 99, body: {} });
    newest().deliver({ kind: 'event', name: 'settings:changed', body: settings });
    expect(heard).toEqual([settings]);
  });

  it('rejects what was waiting when the connection breaks, and tells', async () => {
    newest().fire('open');
    const result = update();
    newest().fire('close');
    await expect(result).rejects.toMatchObject({ code: 'backend-gone' });
    await expect(update()).rejects.toMatchObject({ code: 'backend-gone' });
    expect(connections).toEqual([false]);
  });

  it('rejects what was waiting when no connection could be made', async () => {
    const result = update();
    newest().fire('close');
    await expect(result).rejects.toMatchObject({ code: 'backend-gone' });
    expect(connections).toEqual([false]);
  });

  it('tells of the first connection when it took more than one try', () => {
    newest().fire('close');
    vi.advanceTimersByTime(250);
    newest().fire('open');
    expect(connections).toEqual([false, true]);
  });

  it('connects again and works, and tells once each way', async () => {
    newest().fire('open');
    newest().fire('close');
    vi.advanceTimersByTime(250);
    newest().fire('close');
    vi.advanceTimersByTime(500);
    newest().fire('open');
    expect(connections).toEqual([false, true]);
    const result = update();
    answer(newest(), 0);
    expect(await result).toEqual(settings);
  });

  it('waits longer after each failure, five seconds at most, and starts over after a success', () => {
    newest().fire('close');
    const waits = [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000];
    for (const waitMs of waits) {
      const before = sockets.length;
      vi.advanceTimersByTime(waitMs - 1);
      expect(sockets).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(before + 1);
      newest().fire('close');
    }
    vi.advanceTimersByTime(5_000);
    newest().fire('open');
    newest().fire('close');
    const before = sockets.length;
    vi.advanceTimersByTime(250);
    expect(sockets).toHaveLength(before + 1);
  });
});
