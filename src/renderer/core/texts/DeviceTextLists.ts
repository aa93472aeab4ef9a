import type { PageSessionView, SessionView } from '../types';
import { type DeviceTexts, type TextChange, textsAfter, type TextView } from '../../../shared/contract/texts';

const NONE: readonly TextView[] = [];

/** The texts that the backend keeps, by device, as the page mirrors them. */
export class DeviceTextLists {
  readonly #byDevice = new Map<string, readonly TextView[]>();
  readonly #shown = new WeakMap<PageSessionView, SessionView>();

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

  /** A session with the texts that are kept of its peer; the same object as long as both are. */
  addTo(view: PageSessionView): SessionView {
    const texts = this.with(view.peer?.deviceId);
    const known = this.#shown.get(view);
    if (known?.texts === texts) return known;
    const shown = { ...view, texts };
    this.#shown.set(view, shown);
    return shown;
  }
}
