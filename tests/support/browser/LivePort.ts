/** What crosses a port beside what its users say. */
type Crossing<T> = { type: 'alive'; lock: string } | { type: 'message'; message: T } | { type: 'closed' };

/** Held as long as this thread lives: the browser gives it to whoever waits for it when a worker is terminated. */
const ownLock = holdLock(`thread ${crypto.randomUUID()}`);

export interface LivePortUser<In> {
  onMessage: (message: In) => void;
  /** The other end has closed the port, or its thread is dead; called once, and not after `close`. */
  onGone: () => void;
}

/** A message port that notices when its other end is gone. Chromium's own say nothing of that, which is why threads hold locks. */
export class LivePort<Out, In> {
  readonly #port: MessagePort;
  readonly #user: LivePortUser<In>;
  readonly #closed = new AbortController();

  /** @param port the other end of which becomes a LivePort as well */
  constructor(port: MessagePort, user: LivePortUser<In>) {
    this.#port = port;
    this.#user = user;
    port.onmessage = ({ data }: MessageEvent<Crossing<In>>) => this.#handle(data);
    void ownLock.then((lock) => this.#post({ type: 'alive', lock }));
  }

  get isOpen(): boolean {
    return !this.#closed.signal.aborted;
  }

  send(message: Out, transfer: Transferable[] = []): void {
    this.#post({ type: 'message', message }, transfer);
  }

  /** What has been sent still arrives. */
  close(): void {
    this.#post({ type: 'closed' });
    this.#end();
  }

  #post(crossing: Crossing<Out>, transfer: Transferable[] = []): void {
    if (this.isOpen) this.#port.postMessage(crossing, transfer);
  }

  #handle(crossing: Crossing<In>): void {
    if (!this.isOpen) return;
    if (crossing.type === 'message') this.#user.onMessage(crossing.message);
    else if (crossing.type === 'closed') this.#gone();
    else
      void navigator.locks
        .request(crossing.lock, { mode: 'shared', signal: this.#closed.signal }, () => this.#gone())
        .catch(() => undefined);
  }

  #gone(): void {
    if (!this.isOpen) return;
    this.#end();
    this.#user.onGone();
  }

  #end(): void {
    this.#closed.abort();
    this.#port.close();
  }
}

/** @returns the name, once the lock is held */
function holdLock(name: string): Promise<string> {
  return new Promise((resolve) => {
    void navigator.locks.request(name, () => {
      resolve(name);
      return new Promise(() => undefined);
    });
  });
}
