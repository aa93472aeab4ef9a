import type { Mailbox, Slot } from './Mailbox';

/** Places without anybody in them for which frames wait, by the address that sent these: what is least missed where room is short. */
export class AbsentPlaces {
  /** Of each address, the place that has waited longest first. */
  readonly #byAddress = new Map<string, Map<Slot, Mailbox>>();
  readonly #addressOf = new Map<Slot, string>();

  /** Something about a place is another than before: who is there, or whether anything waits. */
  changed(slot: Slot, mailbox: Mailbox): void {
    const [first] = slot.member === null ? slot.waiting : [];
    const address = first === undefined ? null : first.from[0].name;
    const before = this.#addressOf.get(slot) ?? null;
    if (address === before) return;
    if (before !== null) this.#remove(slot, before);
    if (address === null) return;
    this.#addressOf.set(slot, address);
    const ofAddress = this.#byAddress.get(address) ?? new Map<Slot, Mailbox>();
    this.#byAddress.set(address, ofAddress.set(slot, mailbox));
  }

  /** The addresses that have sent something for such places. */
  get addresses(): Iterable<string> {
    return this.#byAddress.keys();
  }

  /** The mailbox with the place that has waited longest of those that an address has sent to; `null` where there is none. */
  oldest(address: string): Mailbox | null {
    for (const mailbox of this.#byAddress.get(address)?.values() ?? []) return mailbox;
    return null;
  }

  #remove(slot: Slot, address: string): void {
    this.#addressOf.delete(slot);
    const ofAddress = this.#byAddress.get(address);
    ofAddress?.delete(slot);
    if (ofAddress?.size === 0) this.#byAddress.delete(address);
  }
}
