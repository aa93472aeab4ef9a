/** Listeners by event name, with a disposer for each subscription. `Events` maps a name to the data it carries. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(data: never) => void>>();

  /** Calls `listener` for every later `emit(name)`; returns the function that stops that. */
  on<N extends keyof Events>(name: N, listener: (data: Events[N]) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  /** Calls every listener of `name`, in the order they subscribed. */
  emit<N extends keyof Events>(name: N, data: Events[N]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])])
      (listener as (data: Events[N]) => void)(data);
  }

  /** Drops every listener. */
  clear(): void {
    this.#listeners.clear();
  }
}
