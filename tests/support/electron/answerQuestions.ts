import type { DesktopApp } from './DesktopApp';

/** Answers the app's own questions from now on, and notes them. */
export function answerQuestions(app: DesktopApp, isYes: boolean): Promise<void> {
  return app.evaluate(({ dialog }, yes) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (...args: unknown[]) => {
      asked.push((args.at(-1) as Electron.MessageBoxOptions).message);
      return Promise.resolve({ response: yes ? 1 : 0, checkboxChecked: false });
    };
  }, isYes);
}

/** What the app has asked since `answerQuestions`. */
export function askedQuestions(app: DesktopApp): Promise<string[]> {
  return app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}
