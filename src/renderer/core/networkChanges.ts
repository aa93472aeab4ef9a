import type { Core } from './types';

/** The part of the Network Information API in use; only some browsers have it. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/** Calls `listener` when this machine has other addresses than before, as its backend tells: the one in use may be gone, or a better one come. */
export function onOtherAddresses(core: Pick<Core, 'subscribe' | 'getSnapshot'>, listener: () => void): void {
  const addresses = (): string | null => {
    const interfaces = core.getSnapshot().nearby?.interfaces;
    return interfaces
      ? interfaces
          .map(({ name, address }) => `${name} ${address}`)
          .sort()
          .join()
      : null;
  };
  let before = addresses();
  core.subscribe(() => {
    const now = addresses();
    const isOther = before !== null && now !== null && now !== before;
    before = now;
    if (isOther) listener();
  });
}

/** Calls `listener` when the person chooses something else about the way to peers. */
export function onPreferences(core: Pick<Core, 'subscribe' | 'getSnapshot'>, listener: () => void): void {
  const chosen = (): string | null => {
    const { settings } = core.getSnapshot();
    return settings && JSON.stringify([settings.hideAddress, settings.iceServers]);
  };
  let before = chosen();
  core.subscribe(() => {
    const now = chosen();
    const isOther = before !== null && now !== before;
    before = now;
    if (isOther) listener();
  });
}

/** Calls `listener` when the browser says that there is a network again, or one of another kind. */
export function onBrowserNetwork(listener: () => void): void {
  globalThis.addEventListener('online', listener);
  const network = (navigator as { connection?: NetworkInformation }).connection;
  let type = network?.type;
  // It also tells of every new guess at the speed.
  network?.addEventListener('change', () => {
    if (network.type !== type) listener();
    type = network.type;
  });
}
