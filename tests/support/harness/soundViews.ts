import type { Page } from '@playwright/test';
import { en } from '../../../src/renderer/i18n/en';
import type { SceneView } from './sceneViews';

const leaving: NonNullable<SceneView['main']> = (page, { session }) => [
  page.getByRole('button', { name: session.leave, exact: true }),
];

/** Has a stream that is captured here, or comes, sound at a third of its scale: once, as loud as it then stays. */
const hear = (key: 'remoteSound' | 'localSound') => (page: Page) =>
  page.evaluate((which) => {
    const { sessions } = window.fakeCore.getSnapshot();
    for (const { [which]: heard } of sessions)
      if (heard) window.fakeCore.user.hear(heard.stream, { rms: 0.02, peak: 0.3 });
  }, key);

/** Views of the sound that goes with a screen, either way, and of the choice before. */
export const soundViews: Record<string, SceneView> = {
  'the sound of a shared screen': { scene: 'session-sound', show: hear('remoteSound'), main: leaving },
  'a shared screen that is silent': { scene: 'session-sound-silent', main: leaving },
  'a shared screen whose sound is off': { scene: 'session-sound-off', main: leaving },
  'own sound': { scene: 'session-own-sound', show: hear('localSound'), main: leaving },
  'own sound, and what can be done with it': {
    scene: 'session-own-sound',
    show: (page) => page.getByRole('button', { name: en.share.more, exact: true }).click(),
  },
  'own sound that is silent': { scene: 'session-own-sound-silent', main: leaving },
  'own sound that echoes': { scene: 'session-own-sound-echo', main: leaving },
  'own sound elsewhere': { scene: 'session-own-sound-elsewhere', show: hear('localSound'), main: leaving },
  'sound in the browser’s dialog': {
    scene: 'session-in-browser',
    show: (page) => page.getByRole('button', { name: en.share.moreWays, exact: true }).click(),
  },
  'source picker with sound': {
    scene: 'session-with-voice-on-desktop',
    show: async (page) => {
      await page.keyboard.press('Control+Shift+S');
      await page.getByRole('radio').first().click();
    },
    main: (page, { share, app }) =>
      [share.picker.share, app.cancel].map((name) => page.getByRole('button', { name, exact: true }).last()),
  },
};
