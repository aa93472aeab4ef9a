import type { Member } from './Member';

/** How many parts of a heartbeat the members are spread over: pings of all at once would hold up frames. */
const SLICES = 20;

/** All members of a relay that are connected, each looked after once in a heartbeat. */
export class Members {
  readonly #slices: readonly Set<Member>[] = Array.from({ length: SLICES }, () => new Set<Member>());
  readonly #sliceOf = new WeakMap<Member, Set<Member>>();
  readonly #timer: NodeJS.Timeout;
  #turn = 0;
  #count = 0;
  #whenEmpty: (() => void) | null = null;

  /** @param heartbeatMs how often each is looked after */
  constructor(heartbeatMs: number) {
    this.#timer = setInterval(() => {
      this.#turn = (this.#turn + 1) % SLICES;
      for (const member of [...(this.#slices[this.#turn] ?? [])]) member.check();
    }, heartbeatMs / SLICES).unref();
  }

  get count(): number {
    return this.#count;
  }

  add(member: Member): void {
    const slice = this.#slices[this.#count % SLICES];
    if (slice === undefined) return;
    slice.add(member);
    this.#sliceOf.set(member, slice);
    this.#count += 1;
  }

  remove(member: Member): void {
    if (this.#sliceOf.get(member)?.delete(member) !== true) return;
    this.#count -= 1;
    if (this.#count === 0) this.#whenEmpty?.();
  }

  forEach(act: (member: Member) => void): void {
    for (const slice of this.#slices) for (const member of [...slice]) act(member);
  }

  /** Resolves when nobody is connected any more, or when the time is over. */
  async empty(withinMs: number): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#whenEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#whenEmpty = null;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
