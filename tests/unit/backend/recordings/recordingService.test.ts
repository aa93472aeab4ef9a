import { beforeEach, describe, expect, it } from 'vitest';
import type { GrowingFile } from '../../../../src/backend/ports';
import { RecordingService } from '../../../../src/backend/recordings/RecordingService';
import type { RequestArgs } from '../../../../src/shared/contract/contract';
import type { recordingRequests, RecordingsState } from '../../../../src/shared/contract/recordings';
import { HitherError } from '../../../../src/shared/errors';
import { RecordingMessage } from '../../../../src/shared/protocol/recordings';
import { ManualClock } from '../../../support/ManualClock';
import { random } from '../../../support/lan/identities';
import { featureSession } from '../../../support/transfer/featureSession';

const id = (n: number) => n.toString(16).padStart(32, '0');
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const failed = (work: Promise<unknown>) =>
  work.then(
    () => 'worked',
    (error: unknown) => (error instanceof HitherError ? error.code : String(error)),
  );

/** Files in memory, by path. */
class Disk {
  readonly files = new Map<string, { bytes: number[]; isOpen: boolean }>();
  syncs = 0;
  failure: HitherError | null = null;
  /** What a creation waits for. */
  hold: Promise<void> = Promise.resolve();

  checkFolder = () => Promise.resolve({ freeBytes: 1e9, maxFileBytes: 1e12 });

  createFile = async (dir: string, name: string): Promise<GrowingFile> => {
    await this.hold;
    const path = `${dir}/${name}`;
    const file = { bytes: [] as number[], isOpen: true };
    this.files.set(path, file);
    return {
      path,
      write: (offset, bytes) => {
        if (this.failure) return Promise.reject(this.failure);
        for (const [index, byte] of bytes.entries()) file.bytes[offset + index] = byte;
        return Promise.resolve();
      },
      sync: () => {
        this.syncs++;
        return Promise.resolve();
      },
      close: () => {
        file.isOpen = false;
        return Promise.resolve();
      },
      discard: () => {
        this.files.delete(path);
        return Promise.resolve();
      },
    };
  };
}

type Name = keyof typeof recordingRequests;

/** One backend's recordings. */
class Side {
  readonly disk = new Disk();
  readonly service: RecordingService;
  readonly revealed: string[] = [];
  told: RecordingsState | null = null;
  readonly peers = new Map<string, Side>();

  constructor(readonly clock: ManualClock) {
    this.service = new RecordingService({
      ...{ clock, random, files: this.disk },
      dir: () => '/downloads',
      send: (sessionId, message) => {
        const peer = this.peers.get(sessionId);
        if (!peer) throw new HitherError('unknown-session');
        const arrived = RecordingMessage.parse(JSON.parse(JSON.stringify(message)));
        queueMicrotask(() => peer.service.handle(featureSession(sessionId, id(9), 'Twin'), arrived));
      },
      reveal: (path) => Promise.resolve(void this.revealed.push(path)),
      onChange: (state) => (this.told = state),
    });
    this.service.pageAttached();
  }

  async ask<N extends Name>(name: N, args: RequestArgs<N>): Promise<unknown> {
    const handler = this.service.handlers[name] as (args: unknown, pageId: string) => unknown;
    const result = await handler(args, 'page');
    await settle();
    return result;
  }

  get own() {
    return this.service.state.own;
  }

  get theirs() {
    return this.service.state.theirs;
  }

  get ended() {
    return this.service.state.ended;
  }
}

let clock: ManualClock;
let anna: Side;
let ben: Side;

/** Joins two sides by a session. */
async function join(sessionId: string, one: Side, other: Side): Promise<void> {
  one.peers.set(sessionId, other);
  other.peers.set(sessionId, one);
  one.service.opened(featureSession(sessionId, id(9)));
  other.service.opened(featureSession(sessionId, id(9)));
  await settle();
}

beforeEach(async () => {
  clock = new ManualClock();
  anna = new Side(clock);
  ben = new Side(clock);
  await join(id(1), anna, ben);
});

async function askBen(): Promise<string> {
  const { recordingId } = (await anna.ask('recordings:ask', { sessionIds: [id(1)] })) as {
    recordingId: string;
  };
  return recordingId;
}

const answer = (side: Side, recordingId: string, isAllowed: boolean, sessionId = id(1)) =>
  side.ask('recordings:answer', { sessionId, recordingId, isAllowed });
const start = (recordingId: string, name = 'Recording Ben') =>
  anna.ask('recordings:start', { recordingId, name, ending: 'webm' });
const write = (recordingId: string, offsetBytes: number, ...bytes: number[]) =>
  anna.ask('recordings:write', { recordingId, offsetBytes, bytes: Uint8Array.from(bytes) });
const stop = (recordingId: string, patchAt: number | null = null, bytes?: Uint8Array<ArrayBuffer>) =>
  anna.ask('recordings:stop', { recordingId, patchAt, ...(bytes && { bytes }), failure: null });

async function startRecording(): Promise<string> {
  const recordingId = await askBen();
  await answer(ben, recordingId, true);
  await start(recordingId);
  await write(recordingId, 0, 1, 2, 3);
  return recordingId;
}

describe('RecordingService', () => {
  it('records after a yes, tells both, and keeps the file with what its end has put right', async () => {
    const recordingId = await askBen();
    expect(anna.own).toMatchObject({ phase: 'asking', waitsUntilMs: clock.now() + 60_000 });
    expect(ben.theirs).toMatchObject([{ recordingId, phase: 'asked', waitsUntilMs: clock.now() + 60_000 }]);
    await answer(ben, recordingId, true);
    expect(anna.own?.phase).toBe('allowed');
    expect(ben.theirs).toMatchObject([{ phase: 'allowed', waitsUntilMs: null }]);
    await start(recordingId);
    expect(ben.theirs).toMatchObject([{ phase: 'running', startedMs: clock.now() }]);
    await write(recordingId, 0, 1, 2, 3);
    await write(recordingId, 3, 4);
    expect(anna.told?.own).toMatchObject({ phase: 'running', sizeBytes: 4 });
    clock.advance(7_000);
    await stop(recordingId, 1, Uint8Array.of(9));
    const file = anna.disk.files.get('/downloads/Recording Ben.webm');
    expect(file).toEqual({ bytes: [1, 9, 3, 4], isOpen: false });
    expect(anna.own).toBeNull();
    expect(anna.ended).toMatchObject({
      reason: 'stopped',
      file: { name: 'Recording Ben.webm', dir: '/downloads', sizeBytes: 4, durationMs: 7_000 },
    });
    expect(ben.theirs).toEqual([]);
    await anna.ask('recordings:dismiss', { recordingId });
    expect(anna.ended).toBeNull();
    await anna.ask('recordings:reveal', { recordingId });
    expect(anna.revealed).toEqual(['/downloads/Recording Ben.webm']);
    expect(await failed(anna.ask('recordings:reveal', { recordingId: id(5) }))).toBe('not-allowed');
  });

  it('opens no file without a yes, nor a second one with the same yes', async () => {
    const recordingId = await askBen();
    expect(await failed(start(recordingId))).toBe('not-allowed');
    await answer(ben, recordingId, false);
    expect(await failed(start(recordingId))).toBe('not-allowed');
    expect(anna.disk.files.size).toBe(0);
    expect(anna.ended).toMatchObject({ reason: 'declined', peerName: 'Twin', file: null });
    const second = await startRecording();
    expect(await failed(start(second))).toBe('not-allowed');
    await stop(second);
    expect(await failed(start(second))).toBe('not-allowed');
    expect(anna.disk.files.size).toBe(1);
  });

  it('believes no yes of somebody who was not asked, or for another recording', async () => {
    const carl = new Side(clock);
    await join(id(2), anna, carl);
    const recordingId = await askBen();
    for (const [sessionId, named] of [
      [id(2), recordingId],
      [id(1), id(77)],
    ] as const)
      anna.service.handle(featureSession(sessionId, id(9)), {
        type: 'recording-allowed',
        recordingId: named,
      });
    expect(anna.own).toMatchObject({ phase: 'asking', sessionIds: [id(1)] });
    expect(await failed(start(recordingId))).toBe('not-allowed');
  });

  it('waits for everybody in a room, and ends with the first who takes it back', async () => {
    const carl = new Side(clock);
    await join(id(2), anna, carl);
    const { recordingId } = (await anna.ask('recordings:ask', { sessionIds: [id(1), id(2)] })) as {
      recordingId: string;
    };
    await answer(ben, recordingId, true);
    expect(anna.own?.phase).toBe('asking');
    expect(await failed(start(recordingId))).toBe('not-allowed');
    await answer(carl, recordingId, true, id(2));
    await start(recordingId);
    await write(recordingId, 0, 1);
    await carl.ask('recordings:withdraw', { sessionId: id(2), recordingId });
    expect(anna.own?.phase).toBe('stopping');
    // The others hear at once that it is over.
    expect(ben.theirs).toEqual([]);
    await stop(recordingId);
    expect(anna.ended).toMatchObject({ reason: 'withdrawn', file: { sizeBytes: 1 } });
  });

  it('stops when the yes is taken back, takes what the page has until then, and closes the file by itself', async () => {
    const recordingId = await startRecording();
    await ben.ask('recordings:withdraw', { sessionId: id(1), recordingId });
    expect(ben.theirs).toEqual([]);
    expect(anna.own?.phase).toBe('stopping');
    await write(recordingId, 3, 4);
    clock.advance(5_000);
    await settle();
    expect(anna.own).toBeNull();
    expect(anna.disk.files.get('/downloads/Recording Ben.webm')).toEqual({
      bytes: [1, 2, 3, 4],
      isOpen: false,
    });
    expect(await failed(write(recordingId, 4, 5))).toBe('not-allowed');
    expect(anna.ended).toMatchObject({ reason: 'withdrawn', peerName: 'Twin' });
  });

  it('leaves no file where the yes is taken back while it is opened', async () => {
    const recordingId = await askBen();
    await answer(ben, recordingId, true);
    let open = (): void => undefined;
    anna.disk.hold = new Promise((resolve) => (open = resolve));
    const starting = failed(start(recordingId));
    await settle();
    await ben.ask('recordings:withdraw', { sessionId: id(1), recordingId });
    open();
    expect(await starting).toBe('not-allowed');
    expect(anna.disk.files.size).toBe(0);
  });

  it('ends the yes with the session', async () => {
    const recordingId = await startRecording();
    for (const side of [anna, ben]) side.peers.clear();
    for (const side of [anna, ben]) side.service.closed(featureSession(id(1), id(9), 'Twin'));
    expect(anna.own?.phase).toBe('stopping');
    expect(ben.theirs).toEqual([]);
    await stop(recordingId);
    expect(anna.ended).toMatchObject({ reason: 'session-ended', file: { sizeBytes: 3 } });
    expect(anna.service.state.askable).toEqual([]);
    // The next session is another one.
    await join(id(3), anna, ben);
    expect(await failed(start(recordingId))).toBe('not-allowed');
  });

  it('keeps what there is when the page is gone, and when the backend is closed', async () => {
    await startRecording();
    anna.service.pageGone();
    await settle();
    expect(anna.ended).toMatchObject({ reason: 'page-gone', file: { sizeBytes: 3 } });
    expect(ben.theirs).toEqual([]);
    anna.service.pageAttached();
    const recordingId = await startRecording();
    await anna.service.close();
    expect(anna.disk.files.get('/downloads/Recording Ben.webm')?.isOpen).toBe(false);
    expect(await failed(write(recordingId, 3, 1))).toBe('not-allowed');
  });

  it('says that the disk is full, and keeps what came before', async () => {
    const recordingId = await startRecording();
    anna.disk.failure = new HitherError('disk-full', { name: 'x' });
    expect(await failed(write(recordingId, 3, 4))).toBe('disk-full');
    expect(anna.ended).toMatchObject({
      reason: 'failed',
      failure: { code: 'disk-full' },
      file: { sizeBytes: 3 },
    });
    expect(ben.theirs).toEqual([]);
  });

  it('takes bytes in their order alone, and flushes them now and then', async () => {
    const recordingId = await startRecording();
    clock.advance(5_000);
    await write(recordingId, 3, 4);
    expect(anna.disk.syncs).toBe(1);
    await write(recordingId, 4, 5);
    expect(anna.disk.syncs).toBe(1);
    expect(await failed(write(recordingId, 9, 1))).toBe('bad-request');
    expect(anna.ended).toMatchObject({ reason: 'failed', file: { sizeBytes: 5 } });
  });

  it('asks one question at a time, which ends by itself', async () => {
    const recordingId = await askBen();
    expect(await failed(askBen())).toBe('recording-running');
    clock.advance(60_000);
    await settle();
    expect(anna.ended).toMatchObject({ reason: 'no-answer', file: null });
    expect(ben.theirs).toEqual([]);
    await answer(ben, recordingId, true);
    expect(anna.own).toBeNull();
    // What its person takes back is no news to them.
    await anna.ask('recordings:dismiss', { recordingId });
    const second = await askBen();
    await stop(second);
    expect(ben.theirs).toEqual([]);
    expect(anna.ended).toBeNull();
  });

  it('shows a peer that asks again and again no more often than a person can look', async () => {
    for (let n = 0; n < 3; n++) await stop(await askBen());
    await askBen();
    expect(ben.theirs).toEqual([]);
    expect(anna.ended).toMatchObject({ reason: 'too-often' });
    clock.advance(10_000);
    await askBen();
    expect(ben.theirs).toHaveLength(1);
  });

  it('says no where nobody is there, and takes a yes back for a person whose page stays away', async () => {
    await startRecording();
    ben.service.pageGone();
    clock.advance(14_000);
    ben.service.pageAttached();
    clock.advance(60_000);
    await settle();
    expect(anna.own?.phase).toBe('running');
    ben.service.pageGone();
    clock.advance(15_000);
    await settle();
    expect(anna.own?.phase).toBe('stopping');
    await stop(anna.own!.recordingId);
    clock.advance(60_000);
    await askBen();
    expect(anna.ended).toMatchObject({ reason: 'nobody-there' });
  });

  it('asks nobody whose device does not know of recordings', async () => {
    const old = new Side(clock);
    anna.peers.set(id(5), old);
    anna.service.opened(featureSession(id(5), id(9)));
    expect(anna.service.state.askable).toEqual([id(1)]);
    expect(await failed(anna.ask('recordings:ask', { sessionIds: [id(1), id(5)] }))).toBe(
      'recording-unknown',
    );
    expect(anna.own).toBeNull();
  });

  it('gives its file a name that every system takes', async () => {
    for (const [name, expected] of [
      ['Recording A/B: "C" 14.03', 'Recording A_B_ _C_ 14.03.webm'],
      ['../../etc/passwd', '_.._etc_passwd.webm'],
      ['con', 'con_.webm'],
      ['\u202e ', 'Recording.webm'],
    ] as const) {
      clock.advance(60_000);
      const recordingId = await askBen();
      await answer(ben, recordingId, true);
      await start(recordingId, name);
      const [path] = [...anna.disk.files.keys()].slice(-1);
      expect(path).toContain(`/downloads/${expected}`);
      await stop(recordingId);
    }
    // Nothing was written into any.
    expect(anna.disk.files.size).toBe(0);
  });
});
