import type { FilesPurpose, SessionScope } from '../../../shared/protocol/purpose';
import type { ClientBackend } from '../ClientBackend';
import { measuredPurpose } from '../files/purposeOfItems';
import type { ConnectTarget, LocalItem, Sent } from '../types';
import { PendingSends } from './PendingSends';
import type { Sessions } from './Sessions';

export interface DeviceSendsOptions {
  sessions: Sessions;
  backend: ClientBackend;
  /** Offers files in a session; resolves with the transfer's id. */
  offer: (sessionId: string, items: readonly LocalItem[]) => Promise<string>;
  /** Sends a text in a session; resolves with its id. */
  sendText: (sessionId: string, text: string) => Promise<string>;
  /** Whether another page is in use: what waits goes on waiting. */
  isAside: () => boolean;
}

/** Sends things to devices: in the session there is with one, or in one that is asked for that. */
export class DeviceSends {
  readonly #options: DeviceSendsOptions;
  readonly #pending = new PendingSends();

  constructor(options: DeviceSendsOptions) {
    this.#options = options;
  }

  /** How many files wait for which sessions. */
  get counts(): PendingSends['counts'] {
    return this.#pending.counts;
  }

  /** Offers files, in a session for files alone where there is none. */
  files(target: ConnectTarget, title: string, items: readonly LocalItem[]): Sent {
    const { sessions, backend, offer } = this.#options;
    const live = this.#liveWith(target);
    const purpose = (): Promise<FilesPurpose | null> => measuredPurpose(items, backend);
    const sessionId = live ?? sessions.dial(target, title, purpose);
    const fileCount = items.filter(({ kind }) => kind === 'file' || kind === 'path').length;
    return this.#send(sessionId, live === null, fileCount, () => offer(sessionId, items));
  }

  /** Sends a text, in a session for everything where there is none. */
  text(target: ConnectTarget, title: string, text: string): Sent {
    const { sessions, sendText } = this.#options;
    const live = this.#liveWith(target, 'all');
    const sessionId = live ?? sessions.dial(target, title);
    return this.#send(sessionId, live === null, 0, () => sendText(sessionId, text));
  }

  /** A session has changed: sends what waits for it as soon as messages get through; gives it up with a session that is over. */
  update(sessionId: string): void {
    const { sessions, isAside } = this.#options;
    if (isAside()) return;
    const session = sessions.get(sessionId);
    this.#pending.update(sessionId, session?.isConnected ?? false, session?.state ?? null);
    if (session?.endsSilently === true) sessions.dismiss(sessionId);
  }

  #liveWith(target: ConnectTarget, scope?: SessionScope): string | null {
    return target.kind === 'device' ? this.#options.sessions.liveWith(target.deviceId, scope) : null;
  }

  /** @param isAsked the session was asked for this alone */
  #send(sessionId: string, isAsked: boolean, fileCount: number, send: () => Promise<string>): Sent {
    const outcome = this.#pending.add(sessionId, fileCount, send);
    this.update(sessionId);
    const cancel = (): void => {
      if (this.#pending.remove(sessionId, send) && isAsked)
        this.#options.sessions.get(sessionId)?.end('left', 'me');
    };
    return { sessionId, outcome, cancel };
  }
}
