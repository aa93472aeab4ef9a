/** What is asked for apart: a person who wants to be heard need not want to be seen. */
export type UserDevice = 'microphone' | 'camera';

export interface MediaAccessOptions {
  /** Asks the person by a dialog of ours, where the system has no question of its own. */
  askPerson: (device: UserDevice) => Promise<boolean>;
  /** The system's own question, which it puts once and remembers; `null` where it has none. */
  askSystem: ((device: UserDevice) => Promise<boolean>) | null;
}

/**
 * Who decides whether the page may open a microphone or a camera: the person, for each of them apart. A yes holds until the
 * app ends; after a no the next press of the button asks again.
 */
export class MediaAccess {
  readonly #options: MediaAccessOptions;
  readonly #allowed = new Set<UserDevice>();
  readonly #asked = new Map<UserDevice, Promise<boolean>>();

  constructor(options: MediaAccessOptions) {
    this.#options = options;
  }

  /** Whether all of these may be opened; asks about each that nobody has allowed. None at all is a no. */
  async allow(devices: readonly UserDevice[]): Promise<boolean> {
    // One after the other: two dialogs at once hide each other.
    for (const device of devices) if (!(await this.#allowOne(device))) return false;
    return devices.length > 0;
  }

  #allowOne(device: UserDevice): Promise<boolean> {
    if (this.#allowed.has(device)) return Promise.resolve(true);
    const before = this.#asked.get(device);
    if (before) return before;
    const { askSystem, askPerson } = this.#options;
    const asked = (askSystem ?? askPerson)(device)
      .catch(() => false)
      .then((isAllowed) => {
        this.#asked.delete(device);
        if (isAllowed) this.#allowed.add(device);
        return isAllowed;
      });
    this.#asked.set(device, asked);
    return asked;
  }
}
