import type { ChosenDevice } from '../../../../shared/settings/voice';

/** What voice and camera come from and go to, as the browser lists it. */
export interface DeviceLists {
  microphones: readonly ChosenDevice[];
  cameras: readonly ChosenDevice[];
  speakers: readonly ChosenDevice[];
}

export const NO_DEVICES: DeviceLists = { microphones: [], cameras: [], speakers: [] };

/** The part of `navigator.mediaDevices` in use. */
export type MediaDevicesPort = Pick<
  MediaDevices,
  'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>;

/**
 * The devices there are. A browser names them once the person has allowed one of their kind; before that it lists at most
 * one of each, without a name, which is no choice and so left out.
 */
export class DeviceList {
  readonly #devices: MediaDevicesPort | undefined;
  readonly #onChange: (lists: DeviceLists) => void;
  #reading = 0;

  /** @param devices the browser's; pages without a secure address have none */
  constructor(devices: MediaDevicesPort | undefined, onChange: (lists: DeviceLists) => void) {
    this.#devices = devices;
    this.#onChange = onChange;
  }

  /** Reads the list, and again whenever a device comes or goes; returns what ends that. */
  start(): () => void {
    const read = (): void => void this.refresh();
    this.#devices?.addEventListener('devicechange', read);
    read();
    return () => this.#devices?.removeEventListener('devicechange', read);
  }

  /** Reads it anew: names come with the first permission, and no event tells of that. */
  async refresh(): Promise<void> {
    this.#reading += 1;
    const reading = this.#reading;
    const all = await this.#devices?.enumerateDevices().catch(() => null);
    if (all && reading === this.#reading) this.#onChange(deviceLists(all));
  }
}

/** Those that a person can choose. Chromium's `default` and `communications` stand for others in the list. */
function deviceLists(all: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[]): DeviceLists {
  const of = (wanted: MediaDeviceKind): ChosenDevice[] =>
    all
      .filter(({ kind, deviceId, label }) => kind === wanted && label !== '' && !STAND_INS.has(deviceId))
      .map(({ deviceId, label }) => ({ deviceId, label }));
  return { microphones: of('audioinput'), cameras: of('videoinput'), speakers: of('audiooutput') };
}

const STAND_INS: ReadonlySet<string> = new Set(['', 'default', 'communications']);

/** The device that was chosen as it stands in the list now: by its id, else by its name; `null` where it is not there. */
export function chosenIn(devices: readonly ChosenDevice[], chosen: ChosenDevice | null): ChosenDevice | null {
  if (!chosen) return null;
  return (
    devices.find(({ deviceId }) => deviceId === chosen.deviceId) ??
    devices.find(({ label }) => label === chosen.label) ??
    null
  );
}

/** The browser's devices; `undefined` for a page without a secure address, and where there is no browser. */
export function mediaDevicesOf(): MediaDevices | undefined {
  const { navigator } = globalThis as { navigator?: { mediaDevices?: MediaDevices } };
  return navigator?.mediaDevices;
}
