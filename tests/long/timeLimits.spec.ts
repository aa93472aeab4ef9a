/** What comes about by a time limit of the app's own, on real machines; tests/integration has each with shorter limits. */
import { expect, test } from '../support/lab/labTest';

/** A device that dies is gone from every list within this time, in ms. */
const DISAPPEARS_MS = 15_000;

test('a device whose power is cut disappears within 15 seconds', async ({ lab }) => {
  const { alice, bob } = await lab.addPair();
  await expect(alice.app.card('Bob')).toBeVisible({ timeout: 20_000 });
  await bob.kill();
  await expect(alice.app.card('Bob')).toBeHidden({ timeout: DISAPPEARS_MS });
});

test('closing the page ends the session on the other side', async ({ lab }) => {
  const { alice, bob } = await lab.addSession();
  await bob.page.close();
  // A page that reloads has 15 seconds to come back.
  await alice.app.expectEnded('closed', 'Bob', 30_000);
  expect(lab.troubles.unexpected()).toEqual([]);
});
