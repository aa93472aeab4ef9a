/** The doctor on the path of two real browsers: it draws what is measured, and tells what failed when a firewall cuts it. */
import { en } from '../../src/renderer/i18n/en';
import { words } from '../support/app/words';
import { expect, test } from '../support/lab/labTest';

const check = en.linkCheck;
/** A silent link is closed when a restart has not helped for 6 s; in ms. */
const GIVEN_UP_MS = 15_000;

test('a path’s round trip is drawn, and pairs that a firewall silences are told of, and why', async ({
  lab,
}) => {
  const { alice } = await lab.addSession();
  const dialog = await alice.app.checkConnection();
  await expect(dialog.getByTestId('link-path')).toHaveText(en.session.path.local);
  const chart = dialog.getByRole('img', {
    name: new RegExp(`^${check.roundTrip} over the last minute: now`),
  });
  await expect(chart).toBeVisible();
  await expect.poll(() => chart.locator('path').last().getAttribute('d')).toMatch(/(L[\d. ]+){3}/);
  const [, least = ''] = /lowest ([\d.]+) ms/.exec((await chart.getAttribute('aria-label')) ?? '') ?? [];
  expect(Number(least)).toBeLessThan(100);
  await expect(dialog.getByText(check.lostUnknown)).toBeVisible();
  await expect(dialog.getByText(check.what.direct)).toBeVisible();
  // Chromium checks every 2.5 s, and each is answered.
  await expect(dialog.getByText(/^([1-9]\d*) of \1 answered$/)).toBeVisible();

  await lab.network.blockUdp();
  await expect(dialog.getByText(check.noLink)).toBeVisible({ timeout: GIVEN_UP_MS });
  const [said = ''] = words(check.what['went-silent'], { count: '' }).split('(');
  await expect(dialog.getByText(said)).toBeVisible({ timeout: GIVEN_UP_MS });
  await expect(
    dialog.getByRole('row').filter({ hasText: check.faults['went-silent'] }).first(),
  ).toBeVisible();
});
