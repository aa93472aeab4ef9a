import type { DesktopApp } from './DesktopApp';

/**
 * Has the app hear `open-url`, as macOS makes it hear of a link of its own.
 * @returns whether a listener took it, by preventing the default
 */
export function openUrl(desktop: DesktopApp, url: string): Promise<boolean> {
  return desktop.evaluate(({ app }, given) => {
    let isTaken = false;
    app.emit('open-url', { preventDefault: () => (isTaken = true) }, given);
    return isTaken;
  }, url);
}
