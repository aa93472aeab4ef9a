import { z } from 'zod';
import { Emitter } from '../../shared/Emitter';
import { Settings, type SettingsPatch } from '../../shared/settings/settings';
import type { ProfileStorage } from '../ports';

const DOCUMENT = 'settings.json';

/** Any JSON object; the fields are looked at once the defaults are beneath them. */
const StoredFields = z.record(z.string(), z.unknown());

export interface SettingsStoreOptions {
  storage: ProfileStorage;
  /** What a first start begins with. */
  defaults: Pick<Settings, 'name' | 'downloadsDir'>;
  /** Values of the command line: in force for this run, never written down. */
  overrides?: Partial<Pick<Settings, 'name' | 'downloadsDir' | 'embeddedRelay' | 'embeddedRelayPort'>>;
  /** Rejects with a `HitherError` where files can't be written to the folder. */
  checkFolder(dir: string): Promise<unknown>;
}

/** The person's settings: read once, written after every change. */
export class SettingsStore {
  readonly #storage: ProfileStorage;
  readonly #checkFolder: (dir: string) => Promise<unknown>;
  readonly #changes = new Emitter<{ change: Settings }>();
  #stored: Settings;
  #overrides: Partial<Settings>;
  #writes: Promise<unknown> = Promise.resolve();

  /** Where a document that was no settings was put, or `null`. */
  readonly corruptFile: string | null;

  private constructor(options: SettingsStoreOptions, stored: Settings, corruptFile: string | null) {
    this.#storage = options.storage;
    this.#checkFolder = (dir) => options.checkFolder(dir);
    this.#stored = stored;
    this.#overrides = { ...options.overrides };
    this.corruptFile = corruptFile;
  }

  /**
   * Reads the settings of a profile. A document that is not settings is set aside, and the defaults are in force.
   * @throws Error of the storage if the document is there and can't be read
   */
  static async open(options: SettingsStoreOptions): Promise<SettingsStore> {
    const text = await options.storage.read(DOCUMENT);
    if (text === null) return new SettingsStore(options, Settings.parse(options.defaults), null);
    try {
      const stored = Settings.parse({ ...options.defaults, ...StoredFields.parse(JSON.parse(text)) });
      return new SettingsStore(options, stored, null);
    } catch {
      const aside = await options.storage.setAside(DOCUMENT);
      return new SettingsStore(options, Settings.parse(options.defaults), aside);
    }
  }

  /** The settings in force. */
  get current(): Settings {
    return { ...this.#stored, ...this.#overrides };
  }

  /**
   * Changes some settings and writes them down; a value set here takes the place of one from the command line.
   * @returns the settings in force, once they are on the disk
   * @throws HitherError of `checkFolder`, or the storage's error, with nothing changed
   */
  async update(patch: SettingsPatch): Promise<Settings> {
    for (const dir of [patch.downloadsDir, patch.autoAcceptDir]) if (dir) await this.#checkFolder(dir);
    const write = this.#writes.then(async () => {
      const next = Settings.parse({ ...this.#stored, ...patch });
      await this.#storage.write(DOCUMENT, `${JSON.stringify(next, null, 2)}\n`);
      this.#stored = next;
      const replaced = Object.keys(patch);
      this.#overrides = Object.fromEntries(
        Object.entries(this.#overrides).filter(([key]) => !replaced.includes(key)),
      );
      this.#changes.emit('change', this.current);
    });
    // One failed write must not stop the next one.
    this.#writes = write.catch(() => undefined);
    await write;
    return this.current;
  }

  /** Calls `listener` after every change; returns the disposer. */
  onChange(listener: (settings: Settings) => void): () => void {
    return this.#changes.on('change', listener);
  }
}
