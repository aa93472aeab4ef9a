/** A dial that has not been welcomed yet. */
export interface PendingDial {
  readonly sessionId: string;
  /** The device that is meant, or `null` where an address was typed. */
  readonly deviceId: string | null;
  readonly abort: AbortController;
  /** Given up because the other side's dial has the right of way. */
  isSuperseded: boolean;
}

/** The dials under way, by session id. */
export class PendingDials {
  readonly #dials = new Map<string, PendingDial>();

  begin(sessionId: string, deviceId: string | null): PendingDial {
    const pending = { sessionId, deviceId, abort: new AbortController(), isSuperseded: false };
    this.#dials.set(sessionId, pending);
    return pending;
  }

  finish({ sessionId }: PendingDial): void {
    this.#dials.delete(sessionId);
  }

  has(sessionId: string): boolean {
    return this.#dials.has(sessionId);
  }

  get size(): number {
    return this.#dials.size;
  }

  /** The dial to a device, or `null`. */
  toDevice(deviceId: string): PendingDial | null {
    return [...this.#dials.values()].find((pending) => pending.deviceId === deviceId) ?? null;
  }

  /** The person took it back. */
  cancel(sessionId: string): void {
    this.#dials.get(sessionId)?.abort.abort();
  }

  cancelAll(): void {
    for (const pending of this.#dials.values()) pending.abort.abort();
  }
}
