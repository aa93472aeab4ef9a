import { en } from '../../../src/renderer/i18n/en';
import type { SceneView } from './sceneViews';

type Main = NonNullable<SceneView['main']>;

const stop: Main = (page, { recording }) => [
  page.getByRole('button', { name: recording.bar.stop, exact: true }).first(),
];
/** Its name stays in the language that it came in. */
const dismiss: Main = (page) => [page.getByRole('alert').getByRole('button').last()];
const answers: Main = (page, { recording }) =>
  [recording.prompt.allow, recording.prompt.decline].map((name) =>
    page.getByRole('button', { name, exact: true }),
  );

/** Views of recordings: the question, the mark while they go on, and how they ended. */
export const recordingViews: Record<string, SceneView> = {
  'asked whether one may be recorded': { scene: 'session-record-asked', main: answers },
  'asked by somebody with a long name': { scene: 'session-record-asked-long', main: answers },
  'waiting for a yes to a recording': {
    scene: 'session-record-asking',
    main: (page, { recording }) => [page.getByRole('button', { name: recording.bar.takeBack, exact: true })],
  },
  'recording a session': { scene: 'session-recording', main: stop },
  'a session that is recorded': { scene: 'session-recorded', main: stop },
  'a session that both record': { scene: 'session-recorded-both', main: stop },
  'a recording elsewhere': { scene: 'home-recorded', main: stop },
  'a recording that is saved': { scene: 'session-record-saved', main: dismiss },
  'a recording that the disk ended': { scene: 'session-record-failed', main: dismiss },
  'a recording that was declined': { scene: 'session-record-declined', main: dismiss },
  'the menu with recording in it': {
    scene: 'session-record-declined',
    show: (page) => page.getByRole('button', { name: en.session.more, exact: true }).click(),
    main: (page) => [page.getByRole('menuitem').first(), page.getByRole('menuitem').last()],
  },
};
