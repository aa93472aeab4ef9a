/** What the doctor says of the ways of whole apps through NATs and firewalls, with a real relay and a real coturn. */
import type { Locator } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import type { Settings } from '../../src/shared/settings/settings';
import type { Instance } from '../support/app/Instance';
import { words } from '../support/app/words';
import { expect, expectPath, test } from '../support/lab/beyondTest';
import { request } from '../support/lab/pageRequests';

const check = en.linkCheck;
/** An attempt takes 8 s, and its first signals some of them; in ms. */
const TRIED_MS = 30_000;

type Servers = Settings['iceServers'];

/** Both people have servers of their own, in place of the relay's. */
async function useServers(instances: readonly Instance[], iceServers: Servers): Promise<void> {
  for (const { page } of instances) {
    await page.getByRole('button', { name: en.app.home, exact: true }).waitFor();
    await request(page, 'settings:update', { iceServers });
  }
}

const stun = (address = ''): Servers[number] => ({
  ...{ url: `stun:${address}`, username: '', credential: '' },
});
const turn = (address = ''): Servers[number] => ({
  ...{ url: `turn:${address}?transport=udp`, username: 'somebody', credential: 'wrong' },
});

/** The first link is not there yet: the check opens from where that is said. */
async function checkWhileConnecting({ page }: Instance): Promise<Locator> {
  await page.getByRole('button', { name: en.doctor.open, exact: true }).click();
  return page.getByRole('dialog', { name: en.doctor.title });
}

/** A finding as the dialog shows it, whatever it counts. */
function said(dialog: Locator, code: keyof typeof check.what, facts: Record<string, string> = {}): Locator {
  const [sentence = ''] = words(check.what[code], { ...facts, count: '|' }).split('|');
  return dialog.getByText(sentence);
}

/** A row of what was tried. */
function row(dialog: Locator, ...parts: readonly string[]): Locator {
  return parts.reduce((rows, hasText) => rows.filter({ hasText }), dialog.getByRole('row')).first();
}

test('through two NATs: a direct way, beside those that were tried', async ({
  pair: { alice, bob, meet },
}) => {
  await meet();
  await expectPath([alice, bob], en.session.path.internet);
  const dialog = await alice.app.checkConnection();
  await expect(said(dialog, 'direct')).toBeVisible();
  await expect(
    dialog.getByRole('img', { name: /^Round trip over the last minute: now [\d.]+ ms/ }),
  ).toBeVisible();
  await dialog.getByRole('button', { name: /ways? that (was|were) tried/ }).click();
  await expect(row(dialog, check.states['in-use'])).toBeVisible();
});

test.describe('where UDP is blocked', () => {
  test.use({ routers: { nat: 'cone', lets: 'tcp' } });
  test('the way through coturn is told of, and over what', async ({ pair: { alice, bob, meet } }) => {
    await meet();
    await expectPath([alice, bob], en.session.path.relay);
    const dialog = await alice.app.checkConnection();
    await expect(dialog.getByTestId('link-path')).toHaveText(/Through a TURN server · (TCP|TLS)/);
    await expect(said(dialog, 'no-udp')).toBeVisible();
    await expect(dialog.getByText(check.todo['no-udp'])).toBeVisible();
  });
});

test.describe('two symmetric NATs', () => {
  test.use({ routers: { nat: 'symmetric' } });

  test('without TURN: nothing was answered, and what would help', async ({
    pair: { alice, bob, meet },
    world,
  }) => {
    await useServers([alice, bob], [stun(world?.turn.host.address)]);
    await meet();
    const dialog = await checkWhileConnecting(alice);
    await expect(said(dialog, 'unanswered-internet')).toBeVisible({ timeout: TRIED_MS });
    await expect(said(dialog, 'no-turn')).toBeVisible();
    await expect(row(dialog, check.faults.unanswered)).toBeVisible();
  });

  test('with a wrong password for TURN: the server’s word', async ({ pair: { alice, bob, meet }, world }) => {
    const { address } = world?.turn.host ?? {};
    await useServers([alice, bob], [stun(address), turn(address)]);
    await meet();
    const dialog = await checkWhileConnecting(alice);
    const facts = { code: '401', via: 'UDP' };
    await expect(said(dialog, 'turn-credentials', facts)).toBeVisible({ timeout: TRIED_MS });
    await expect(said(dialog, 'unanswered-internet')).toBeVisible({ timeout: TRIED_MS });
  });

  test('with a TURN server that is gone: nobody answers there', async ({
    pair: { alice, bob, meet },
    world,
  }) => {
    const { address = '' } = world?.turn.host ?? {};
    // Nothing has this address.
    await useServers([alice, bob], [stun(address), turn(address.replace(/\d+$/, '99'))]);
    await meet();
    const dialog = await checkWhileConnecting(alice);
    await expect(said(dialog, 'turn-silent')).toBeVisible({ timeout: TRIED_MS });
  });
});

test('a relay that dies is told of beside a way that goes on', async ({
  pair: { alice, bob, meet },
  world,
}) => {
  await meet();
  await expectPath([alice, bob], en.session.path.internet);
  await world?.relay.kill();
  const dialog = await alice.app.checkConnection();
  const failed = words(en.doctor.what['relay-unreachable']).split('}').at(-1)?.trim() ?? '';
  await expect(dialog.getByText(failed)).toBeVisible({ timeout: TRIED_MS });
  await expect(said(dialog, 'direct')).toBeVisible();
  await world?.relay.restart();
});
