import type { Page } from '@playwright/test';
import { en } from '../../../src/renderer/i18n/en';
import type { EmbeddedRelayState } from '../../../src/shared/contract/embeddedRelay';
import type { SceneView } from './sceneViews';

/** A relay in the app, on a machine with addresses of every length. */
export const RUNNING = {
  phase: 'on' as const,
  port: 47_180,
  urls: [
    'http://192.168.0.12:47180',
    'http://[fd12:3456:789a:bcde:f012:3456:789a:bcde]:47180',
    'http://10.8.0.2:47180',
  ],
};

/** The person wants a relay in the app, and it stands like this. */
export async function hasRelay(page: Page, embeddedRelay: EmbeddedRelayState): Promise<void> {
  await page.evaluate((state) => {
    const { settings } = window.fakeCore.getSnapshot();
    if (settings)
      window.fakeCore.set({ settings: { ...settings, embeddedRelay: true }, embeddedRelay: state });
  }, embeddedRelay);
}

/** Opens the settings where what lies beyond this network is set. */
export async function openBeyond(page: Page): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: en.settings.tabs.beyond, exact: true }).click();
}

const inSettings = (state: EmbeddedRelayState): SceneView => ({
  scene: 'home',
  show: async (page) => {
    await hasRelay(page, state);
    await openBeyond(page);
  },
  main: (page, words) => [page.getByRole('textbox', { name: words.settings.beyond.relay })],
});

/** Every view of a relay in the app. */
export const relayViews: Readonly<Record<string, SceneView>> = {
  'settings, a relay of its own': inSettings(RUNNING),
  'settings, a relay of its own without a network': inSettings({ ...RUNNING, urls: [] }),
  'settings, a relay of its own that can’t run': inSettings({
    phase: 'failed',
    failure: { code: 'port-taken', facts: { port: 47_180 } },
  }),
  'invite, the form with a relay of its own': {
    scene: 'invite-without-relay',
    show: async (page) => {
      await hasRelay(page, RUNNING);
      await page.getByRole('button', { name: en.invites.open, exact: true }).click();
    },
    main: (page, { invites }) => [page.getByRole('button', { name: invites.form.create, exact: true })],
  },
};
