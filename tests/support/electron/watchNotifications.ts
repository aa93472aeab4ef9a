import type { DesktopApp } from './DesktopApp';

/** The system's notifications of an app, noted in place of shown. */
export interface WatchedNotifications {
  /** `title: body` of each, in order. */
  shown: () => Promise<string[]>;
  /** A click on the last one. */
  clickLast: () => Promise<void>;
}

/** Has the notifications noted from now on. */
export async function watchNotifications(app: DesktopApp): Promise<WatchedNotifications> {
  await app.evaluate(({ Notification }) => {
    const notes: string[] = [];
    Object.assign(globalThis, { notes });
    Notification.prototype.show = function (this: Electron.Notification) {
      notes.push(`${this.title}: ${this.body}`);
      Object.assign(globalThis, { lastNote: this });
    };
  });
  return {
    shown: () => app.evaluate(() => (globalThis as unknown as { notes: string[] }).notes),
    clickLast: async () => {
      await app.evaluate(
        () => void (globalThis as unknown as { lastNote: Electron.Notification }).lastNote.emit('click'),
      );
    },
  };
}
