import { runInThisContext } from 'node:vm';
import * as electron from './index';
import { chromiumPort } from './BrowserWindow';

interface Order {
  id: number;
  /** A function's text, called with the electron module and `argument`; without one the answer is Chromium's port. */
  source: string | null;
  argument: unknown;
}

async function carryOut({ source, argument }: Order): Promise<unknown> {
  if (source === null) return chromiumPort();
  // The text is the spec's own function, as with Playwright's `evaluate`.
  const task = runInThisContext(`(${source})`) as (...args: unknown[]) => unknown;
  return task(electron, argument);
}

/** Lets the test that started this process run functions in it; when the test is gone, so is the app. */
export function listenToTest(): void {
  if (process.send === undefined) return;
  process.on('disconnect', () => electron.app.exit(1));
  process.on('message', (order: Order) => {
    carryOut(order).then(
      (value) => process.send?.({ id: order.id, value }),
      (error: unknown) => process.send?.({ id: order.id, error: String(error) }),
    );
  });
}
