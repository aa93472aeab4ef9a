import type { AppState } from '../../../src/shared/contract/app';
import { toHex } from '../../../src/shared/ids';
import { BLOCK_BYTES } from '../../../src/shared/transfer/blocks';
import { BackendPage } from './BackendPage';
import { browserRandom, browserSha256 } from './browserPorts';
import { databasesOf, DOWNLOADS_DIR, hostBackend, type HostOptions } from './hostBackend';
import { IndexedDbDisk } from './IndexedDbDisk';
import type { Switchboard } from './Switchboard';

/** A person with a device: a backend and its page, which may be killed or closed, and started again on what they left. */
export class Participant {
  readonly name: string;
  /** The page of the backend that runs now. */
  page!: BackendPage;
  /** Files that the page has dropped on it, by source id. */
  readonly files = new Map<string, Blob>();
  readonly #switchboard: Switchboard;
  readonly #onPage: (participant: Participant) => void;
  readonly #place: 'page' | 'worker';
  #worker: Worker | null = null;

  /**
   * @param place where the backend runs; one in the page can't be killed
   * @param onPage there is a page that has not attached yet
   */
  constructor(
    name: string,
    place: 'page' | 'worker',
    switchboard: Switchboard,
    onPage: (participant: Participant) => void,
  ) {
    this.name = name;
    this.#place = place;
    this.#switchboard = switchboard;
    this.#onPage = onPage;
  }

  /** Starts a backend on what the one before has left, and attaches to it. */
  async start(): Promise<AppState> {
    const { port1, port2 } = new MessageChannel();
    const switchboard = this.#switchboard.plugIn(this.name.toLowerCase());
    const options: HostOptions = { name: this.name, page: port2, switchboard };
    this.page = new BackendPage(port1);
    this.#onPage(this);
    if (this.#place === 'page') void hostBackend(options);
    else {
      this.#worker = new Worker(new URL('./backendWorker.ts', import.meta.url), { type: 'module' });
      this.#worker.postMessage(options, [port2, switchboard]);
    }
    return this.page.attach();
  }

  /** Ends the backend's thread at once, as nothing can be prepared for. */
  kill(): void {
    if (this.#worker === null) throw new Error(`${this.name} runs in the page`);
    this.#worker.terminate();
    this.#worker = null;
  }

  /** Asks for a session, at an address or with a device that is known. @returns its id */
  async dial(
    target: { kind: 'address'; address: string } | { kind: 'device'; deviceId: string },
  ): Promise<string> {
    const sessionId = toHex(browserRandom(16));
    await this.page.request('sessions:connect', { sessionId, target });
    return sessionId;
  }

  /** Says yes to the request that is there, or comes. */
  async accept(): Promise<void> {
    const { sessionId } = await this.page.inPhase('asked');
    await this.page.request('sessions:accept', { sessionId });
  }

  /** Says that the codes are the same, and trusts the device from now on. */
  async verify(): Promise<void> {
    const { sessionId } = await this.page.inPhase('verifying');
    await this.page.request('sessions:verify', { sessionId, trust: true });
  }

  /** Drops a file of the page's on the session. */
  async dropFile(name: string, file: Blob): Promise<void> {
    const sourceId = crypto.randomUUID();
    this.files.set(sourceId, file);
    const { sessionId } = await this.page.inPhase('connected');
    const { size: sizeBytes } = file;
    const item = { kind: 'page-file' as const, sourceId, path: name, sizeBytes, modifiedMs: Date.now() };
    await this.page.request('transfers:offer', { sessionId, items: [item] });
  }

  /** Puts a file onto the disk of this device and offers it. */
  async offerStored(name: string, file: Blob): Promise<void> {
    const path = `/documents/${name}`;
    await this.#withDisk((disk) => store(disk, path, file));
    const token = await this.page.registerPath(path);
    const { sessionId } = await this.page.inPhase('connected');
    await this.page.request('transfers:offer', {
      sessionId,
      items: [{ kind: 'path-token', token, path: name }],
    });
  }

  /** Accepts a file once it is offered. */
  async receive(name: string): Promise<void> {
    const { transferId } = await this.page.transfer('receive', name, 'incoming');
    await this.page.request('transfers:accept', { transferId });
  }

  /** What this device has received, by path: the SHA-256 of each file, in hex. */
  received(): Promise<Record<string, string>> {
    return this.#withDisk(async (disk) => {
      const digests: Record<string, string> = {};
      for (const path of await disk.paths()) {
        const file = path.startsWith(`${DOWNLOADS_DIR}/`) ? await disk.find(path) : null;
        if (file) digests[path] = await digestOf(await disk.readAll(file.contentId));
      }
      return digests;
    });
  }

  async #withDisk<T>(work: (disk: IndexedDbDisk) => Promise<T>): Promise<T> {
    const disk = await IndexedDbDisk.open(databasesOf(this.name).files);
    try {
      return await work(disk);
    } finally {
      disk.close();
    }
  }
}

async function store(disk: IndexedDbDisk, path: string, file: Blob): Promise<void> {
  const contentId = crypto.randomUUID();
  for (let at = 0; at < file.size; at += BLOCK_BYTES)
    await disk.write(contentId, at, new Uint8Array(await file.slice(at, at + BLOCK_BYTES).arrayBuffer()));
  await disk.name(path, { contentId, sizeBytes: file.size, modifiedMs: Date.now() });
}

/** SHA-256 in hex. */
export async function digestOf(blob: Blob): Promise<string> {
  return toHex(await browserSha256(new Uint8Array(await blob.arrayBuffer())));
}
