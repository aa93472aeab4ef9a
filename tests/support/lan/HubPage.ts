import { vi } from 'vitest';
import type { AppBackend } from '../../../src/backend/createBackend';
import { resultOf } from '../../../src/shared/contract/backend';
import type { AppState } from '../../../src/shared/contract/app';
import type {
  EventData,
  EventName,
  RequestArgs,
  RequestName,
  RequestResult,
} from '../../../src/shared/contract/contract';
import type { SessionPhase } from '../../../src/shared/contract/sessions';
import { transfersAfter, type TransferView } from '../../../src/shared/contract/transfers';
import { SOME_FINGERPRINT } from './identities';

/** A page in the backend's own process: asks the contract and remembers what it was told. No browser, no socket. */
export class HubPage {
  readonly #events: { name: EventName; data: unknown }[] = [];
  readonly #connection: ReturnType<AppBackend['hub']['connect']>;
  #transfers: readonly TransferView[] = [];

  private constructor(backend: AppBackend) {
    this.#connection = backend.hub.connect((name, data) => {
      this.#events.push({ name, data });
      if (name === 'transfers:changed')
        this.#transfers = transfersAfter(this.#transfers, data as EventData<'transfers:changed'>);
    });
  }

  /** Opens a page and attaches it. */
  static async open(backend: AppBackend): Promise<HubPage> {
    const page = new HubPage(backend);
    await page.attach();
    return page;
  }

  /** What the backend says to a page that comes. */
  async attach(): Promise<AppState> {
    const state = await this.request('app:attach', { fingerprint: SOME_FINGERPRINT });
    this.#transfers = state.transfers;
    return state;
  }

  /** @throws HitherError what the backend says no with */
  async request<N extends RequestName>(name: N, args: RequestArgs<N>): Promise<RequestResult<N>> {
    return resultOf(name, await this.#connection.request(name, args));
  }

  /** The transfers as a person would see them, newest first. */
  get transfers(): readonly TransferView[] {
    return this.#transfers;
  }

  /** Everything of one kind that it was told. */
  all<E extends EventName>(name: E): EventData<E>[] {
    return this.#events.filter((event) => event.name === name).map(({ data }) => data as EventData<E>);
  }

  /** Waits until a session is so far. */
  async untilPhase(sessionId: string, phase: SessionPhase): Promise<void> {
    const isThere = (): boolean =>
      this.all('sessions:changed').some((view) => view.sessionId === sessionId && view.phase === phase);
    await vi.waitUntil(isThere, 8_000);
  }

  close(): void {
    this.#connection.disconnect();
  }
}
