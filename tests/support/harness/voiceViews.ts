import { en } from '../../../src/renderer/i18n/en';
import type { SceneView } from './sceneViews';

const dock: NonNullable<SceneView['main']> = (page, { session }) => [
  page.getByRole('button', { name: session.leave, exact: true }),
];

/** Views of voices and cameras, and the dialog of their devices. */
export const voiceViews: Record<string, SceneView> = {
  'voices in a session': { scene: 'session-voices', main: dock },
  'a muted microphone': { scene: 'session-muted', main: dock },
  'cameras in the tiles': { scene: 'session-cameras', main: dock },
  'cameras over a screen': { scene: 'session-camera-over-screen', main: dock },
  'a microphone that is heard elsewhere': {
    scene: 'session-voice-elsewhere',
    main: (page, { voice }) => [page.getByRole('button', { name: voice.mic.turnOff, exact: true })],
  },
  'voice and camera': {
    scene: 'session-empty',
    show: async (page) => {
      await page.getByRole('button', { name: en.voice.mic.more, exact: true }).click();
      await page.getByRole('menuitem', { name: en.voice.devices.settings }).click();
    },
    main: (page, { voice }) => [page.getByRole('button', { name: voice.dialog.test, exact: true })],
  },
};
