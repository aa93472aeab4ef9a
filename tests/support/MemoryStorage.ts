import type { OpenedRecords, ProfileStorage } from '../../src/backend/ports';

/** A profile that is gone with its test; another one over the same contents is a restart. */
export class MemoryStorage implements ProfileStorage {
  readonly documents: Map<string, string>;
  readonly logs: Map<string, Uint8Array[]>;
  /** Logs that nobody has closed. */
  openCount = 0;

  /** @param earlier whose contents to go on with */
  constructor(earlier?: MemoryStorage) {
    this.documents = earlier?.documents ?? new Map<string, string>();
    this.logs = earlier?.logs ?? new Map<string, Uint8Array[]>();
  }

  read(name: string): Promise<string | null> {
    return Promise.resolve(this.documents.get(name) ?? null);
  }

  write(name: string, content: string): Promise<void> {
    this.documents.set(name, content);
    return Promise.resolve();
  }

  async setAside(name: string): Promise<string> {
    const content = this.documents.get(name);
    if (content === undefined) throw new Error('no document');
    let n = 1;
    while (this.documents.has(`${name}.corrupt-${n}`)) n++;
    this.documents.set(`${name}.corrupt-${n}`, content);
    await this.remove(name);
    return `${name}.corrupt-${n}`;
  }

  remove(name: string): Promise<void> {
    for (const contents of [this.documents, this.logs])
      for (const each of [...contents.keys()])
        if (each === name || each.startsWith(`${name}/`)) contents.delete(each);
    return Promise.resolve();
  }

  list(folder: string): Promise<string[]> {
    const below = [...this.documents.keys(), ...this.logs.keys()]
      .filter((name) => name.startsWith(`${folder}/`))
      .map((name) => name.slice(folder.length + 1).split('/', 1)[0] ?? '');
    return Promise.resolve([...new Set(below)]);
  }

  readRecords(name: string): Promise<Uint8Array[]> {
    return Promise.resolve([...(this.logs.get(name) ?? [])]);
  }

  openRecords(name: string): Promise<OpenedRecords> {
    const records = this.logs.get(name) ?? [];
    this.logs.set(name, records);
    let isOpen = true;
    this.openCount++;
    return Promise.resolve({
      records: [...records],
      log: {
        append: (record) => {
          if (isOpen) records.push(record.slice());
        },
        written: () => Promise.resolve(),
        sync: () => Promise.resolve(),
        close: () => {
          if (isOpen) this.openCount--;
          isOpen = false;
          return Promise.resolve();
        },
      },
    });
  }
}
