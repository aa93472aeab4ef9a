import type { AppModel } from '../store';

/** Longest title and body of the contract, in UTF-16 code units. */
const MAX_TITLE = 200;
const MAX_BODY = 400;

/**
 * A notification of the system, if the person wants any and does not look at the window: by the shell where there is
 * one, else by the browser, once it has been allowed to. Never fails; a notification is a courtesy.
 */
export function notifySystem({ core }: AppModel, { title, body }: { title: string; body: string }): void {
  const { settings, app } = core.getSnapshot();
  if (!settings?.notifications || !app) return;
  const words = { title: title.slice(0, MAX_TITLE), body: body.slice(0, MAX_BODY) };
  // The shell looks itself: a page in a hidden window can still call itself visible and focused.
  if (app.capabilities.canNotify) void core.backend.request('shell:notify', words).catch(() => undefined);
  else if (!isLookedAt() && isAllowedByBrowser()) {
    const notification = new Notification(words.title, { body: words.body });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
  }
}

/** Whether the person has this page before their eyes. */
export function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Whether the person wants notifications and the browser has not been asked yet. */
export function isAskable({ core }: AppModel): boolean {
  const { settings, app } = core.getSnapshot();
  const isOurs = settings?.notifications === true && app?.capabilities.canNotify === false;
  return isOurs && 'Notification' in window && Notification.permission === 'default';
}

/** Whether this page may notify by the browser's own means. */
export function isAllowedByBrowser(): boolean {
  return 'Notification' in window && Notification.permission === 'granted';
}

/**
 * Asks the browser's permission; for a click's handler alone.
 * @returns whether it was given
 */
export async function askBrowser(): Promise<boolean> {
  return 'Notification' in window && (await Notification.requestPermission()) === 'granted';
}
