import { type DeviceTexts, type TextChange, textsAfter, type TextView } from '../../../shared/contract/texts';

const NONE: readonly TextView[] = [];

/** The texts that the backend keeps, by device, as the page mirrors them. */
export class DeviceTextLists {
  readonly #byDevice = new Map<string, readonly TextView[]>();

  /** All there are: the page has just attached. */
  reset(all: readonly DeviceTexts[]): void {
    this.#byDevice.clear();
    for (const { deviceId, texts } of all) this.#byDevice.set(deviceId, texts);
  }

  handle(change: TextChange): void {
    this.#byDevice.set(change.deviceId, textsAfter(this.with(change.deviceId), change));
  }

  /** The texts with a device, oldest first; the same list as long as none of them changes. */
  with(deviceId: string | undefined): readonly TextView[] {
    return (deviceId === undefined ? undefined : this.#byDevice.get(deviceId)) ?? NONE;
  }
}
