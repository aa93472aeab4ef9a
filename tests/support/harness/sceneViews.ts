import type { Locator, Page } from '@playwright/test';
import { en } from '../../../src/renderer/i18n/en';
import type { ko } from '../../../src/renderer/i18n/ko';
import { inviteViews } from './inviteViews';
import { recordingViews } from './recordingViews';
import { relayViews } from './relayViews';
import { type session, transfer } from './samples';
import { soundViews } from './soundViews';
import { voiceViews } from './voiceViews';

type Words = typeof en | typeof ko;

/** A view to hold to what every view has to be: for everybody, at every size. */
export interface SceneView {
  scene: string;
  /** What is done, in English, to get from the scene to the view. */
  show?: (page: Page) => Promise<void>;
  /** What a person came for, which has to be in reach in the smallest window as it opens. */
  main?: (page: Page, words: Words) => Locator[];
  /** Without settings there is neither a language nor a theme to choose. */
  hasSettings?: boolean;
}

/** Buttons that matter most, by their names. */
const buttons =
  (namesOf: (words: Words) => readonly (string | RegExp)[]): NonNullable<SceneView['main']> =>
  (page, words) =>
    namesOf(words).map((name) => page.getByRole('button', { name, exact: typeof name === 'string' }).last());

const address: NonNullable<SceneView['main']> = (page, words) => [page.getByLabel(words.home.address.label)];
const answers = buttons(({ app }) => [app.accept, app.decline]);
const dock = buttons(({ share, session: { leave, send } }) => [share.start, send, leave]);
const sharing = buttons(({ share, session: { leave, send } }) => [share.stop, send, leave]);
const checking = buttons(({ doctor }) => [doctor.again, doctor.copyReport]);
const ending = buttons(({ keyChanged }) => [keyChanged.end]);

const press = (name: string) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).last().click();
const tab = (name: string) => (page: Page) => page.getByRole('tab', { name, exact: true }).click();
const keys = (combination: string) => (page: Page) => page.keyboard.press(combination);
const inOrder =
  (...steps: ((page: Page) => Promise<void>)[]) =>
  async (page: Page) => {
    for (const step of steps) await step(page);
  };

/** Everything that a backend may be able to do, so that all of the settings show. */
const canDoAll = (page: Page) =>
  page.evaluate(() => {
    const { app } = window.fakeCore.getSnapshot();
    const abilities = { canKeepRunning: true, canNotify: true, canChooseFolder: true };
    if (app) window.fakeCore.set({ app: { ...app, capabilities: { ...app.capabilities, ...abilities } } });
  });

/** The open session as it becomes, which may be over. */
const becomes = (change: Partial<ReturnType<typeof session>>) => (page: Page) =>
  page.evaluate((part) => {
    const sessions = window.fakeCore.getSnapshot().sessions.map((each) => ({ ...each, ...part }));
    window.fakeCore.set({ sessions });
  }, change);

const hasTransfer = (page: Page) =>
  page.evaluate((each) => window.fakeCore.set({ transfers: [each] }), transfer(1));

const settings = (name: string) => inOrder(canDoAll, keys('Control+,'), tab(name));
const mina = 'Mina’s MacBook Air';

/** Every view there is, by name; a scene that nothing is done to has its own. */
export const sceneViews: Readonly<Record<string, SceneView>> = {
  starting: { scene: 'starting', hasSettings: false },
  welcome: { scene: 'welcome', main: buttons(({ welcome }) => [welcome.turnOn]) },
  ...plain(address, 'home-empty', 'home-no-network', 'home-no-multicast', 'home-port-taken', 'quiet'),
  ...Object.fromEntries(
    ['home', 'home-no-multicast', 'home-no-network'].map((scene) => [
      `${scene}, connection checked`,
      { scene, show: press(en.doctor.open), main: checking },
    ]),
  ),
  'session-ended, asked why': { scene: 'session-ended', show: press(en.doctor.why), main: checking },
  'session-without-link, asked why': {
    scene: 'session-without-link',
    show: press(en.doctor.why),
    main: checking,
  },
  'session-watching, connection checked': {
    scene: 'session-watching',
    show: inOrder((page) => page.locator('.screen-chip').click(), press(en.doctor.open)),
    main: checking,
  },
  'session-sharing-two, the way of the other one': {
    scene: 'session-sharing-two',
    show: inOrder(tab(en.session.drawer.people), press(en.doctor.open), async (page) => {
      await page.getByRole('combobox', { name: en.linkCheck.which }).click();
      await page.getByRole('option').last().click();
      await page.getByRole('button', { name: /ways that were tried/ }).click();
    }),
  },
  'home-off': { scene: 'home-off', main: buttons(({ home }) => [home.empty.off.action]) },
  'home-empty, questions unfolded': { scene: 'home-empty', show: press(en.home.empty.checks), main: address },
  ...plain(
    buttons(({ home }) => [home.sessions.open]),
    'home',
    'home-long-names',
  ),
  'view-home': {
    scene: 'view-home',
    main: (page, { home }) => [
      page.getByRole('button', { name: home.nearby.connect.replace('{{name}}', mina) }),
    ],
  },
  'home, menu of what can be sent': {
    scene: 'view-home',
    show: press(`Send to ${mina}`),
    main: (page) => [page.getByRole('menuitem').first(), page.getByRole('menuitem').last()],
  },
  'home, writing a text': {
    scene: 'view-home',
    show: inOrder(press(`Send to ${mina}`), (page) =>
      page.getByRole('menuitem', { name: en.home.nearby.sendText }).click(),
    ),
    main: (page) => [page.getByRole('dialog').getByRole('textbox')],
  },
  ...plain(address, 'notices'),
  unwatched: { scene: 'unwatched', main: buttons(({ share }) => [share.stopUnwatched]) },
  'session, other ways to share': {
    scene: 'session-empty',
    show: press(en.share.moreWays),
    main: (page) => [page.getByRole('menuitem').first()],
  },
  'session, which part to share': {
    scene: 'session-sharing',
    show: inOrder(press(en.share.more), (page) =>
      page.getByRole('menuitem', { name: en.share.part.only }).click(),
    ),
    main: buttons(({ share, app }) => [share.part.show, app.cancel]),
  },
  'home while something is shared': {
    scene: 'session-sharing-two',
    show: press(en.app.home),
    main: buttons(({ share }) => [share.stopForAll, share.pause]),
  },

  ...plain(
    answers,
    ...['request', 'request-long-name', 'request-trusted', 'request-impostor'],
    ...['request-file', 'request-file-long-names', 'request-files', 'request-folder', 'request-file-home'],
  ),
  ...plain(
    buttons(({ app }) => [app.decline, /2,?400/]),
    'offer',
    'offer-other-disk',
  ),
  'offer, another folder': {
    scene: 'offer',
    show: press(en.transfers.offer.change),
    main: buttons(({ app }) => [app.decline]),
  },
  'view-request': {
    scene: 'view-request',
    main: buttons(({ share }) => [share.view.choose, share.view.notNow]),
  },

  ...plain(
    buttons(({ session: { cancelRequest } }) => [cancelRequest]),
    'session-dialing',
    'session-asking',
  ),
  ...plain(
    buttons(({ verify }) => [verify.match, verify.mismatch]),
    'verify',
    'verify-long-name',
  ),
  ...plain(
    (page, { verify }) => [page.getByRole('group', { name: verify.code })],
    'verify-waiting',
    'verify-comparing',
  ),
  ...plain(ending, 'key-changed', 'key-changed-address', 'key-changed-long-name'),
  ...plain(
    buttons(({ app }) => [app.tryAgain]),
    'codes-differed',
    'session-ended',
  ),

  ...plain(dock, 'session-empty', 'session-without-link', 'session-watching', 'session-reconnecting'),
  ...plain(dock, 'session-texts'),
  ...plain(sharing, 'session-sharing', 'session-sharing-two', 'session-both', 'session-long-names'),
  ...plain(sharing, 'session-paused', 'session-hidden'),
  'session-sharing-elsewhere': {
    scene: 'session-sharing-elsewhere',
    main: buttons(({ share }) => [share.startHere]),
  },
  'session without its drawer': { scene: 'session-empty', show: press(en.session.drawer.chat), main: dock },
  'watching without the drawer': {
    scene: 'session-watching',
    show: press(en.session.drawer.chat),
    main: (page, words) => [
      ...dock(page, words),
      page.getByRole('button', { name: words.session.stage.fullscreen }),
    ],
  },
  'session, files': {
    scene: 'session-empty',
    show: inOrder(hasTransfer, tab(en.session.drawer.files)),
    main: dock,
  },
  'session, people with the code': {
    scene: 'session-long-names',
    show: inOrder(tab(en.session.drawer.people), press(en.session.people.showCode)),
    main: sharing,
  },
  'session, menu of what can be sent': {
    scene: 'session-empty',
    show: press(en.session.send),
    main: (page) => [page.getByRole('menuitem').first(), page.getByRole('menuitem').last()],
  },
  'session, menu of what is shared': {
    scene: 'session-sharing-two',
    show: press(en.share.more),
    main: (page) => [page.getByRole('menuitem').first(), page.getByRole('menuitem').last()],
  },
  'session, picture quality': {
    scene: 'session-sharing',
    show: inOrder(press(en.share.more), (page) =>
      page.getByRole('menuitem', { name: en.quality.open }).click(),
    ),
    main: (page, words) => [page.getByText(words.quality.preset.motion, { exact: true })],
  },
  'session, statistics': {
    scene: 'session-both',
    show: keys('Control+i'),
    main: (page) => [page.getByTestId('stats-verdict')],
  },
  'session, about to leave': {
    scene: 'session-empty',
    show: inOrder(hasTransfer, press(en.session.leave)),
    main: buttons(({ session: { leaving } }) => [leaving.stay]),
  },
  'toast of a session that is over': {
    scene: 'session-empty',
    show: becomes({ state: { phase: 'ended', reason: 'declined', by: 'peer' } }),
    main: buttons(({ app }) => [app.connectAgain]),
  },
  'toast of a failure': {
    scene: 'session-empty',
    show: (page) => page.evaluate(() => window.fakeCore.fail({ code: 'drop-unreadable', facts: {} })),
    main: dock,
  },
  'source picker': {
    scene: 'session-empty',
    show: inOrder(keys('Control+Shift+S'), (page) => page.getByRole('radio').first().click()),
    main: buttons(({ share, app }) => [share.picker.share, app.cancel]),
  },

  transfers: {
    scene: 'transfers',
    show: keys('Control+j'),
    main: buttons(({ transfers }) => [transfers.pauseAll]),
  },
  'transfers-many': {
    scene: 'transfers-many',
    show: keys('Control+j'),
    main: buttons(({ transfers }) => [transfers.cancelAll]),
  },
  'transfers, history': {
    scene: 'transfers',
    show: inOrder(keys('Control+j'), (page) =>
      page.getByText(en.transfers.tabs.history, { exact: true }).click(),
    ),
    main: (page, { transfers }) => [page.getByLabel(transfers.history.search)],
  },
  'transfers, none': { scene: 'home-empty', show: keys('Control+j') },
  'settings, general': {
    scene: 'home',
    show: settings(en.settings.tabs.general),
    main: (page, words) => [page.getByLabel(words.settings.name)],
  },
  'settings, transfers': {
    scene: 'home',
    show: settings(en.transfers.title),
    main: (page) => [page.getByRole('dialog').getByRole('tab').last()],
  },
  'settings, trust': {
    scene: 'home',
    show: inOrder(
      settings(en.settings.tabs.trust),
      (page) => page.getByTestId('trusted-device').first().getByRole('button').nth(1).click(),
      press(en.trust.revoke.action),
    ),
  },
  'settings, beyond this network': {
    scene: 'home',
    show: settings(en.settings.tabs.beyond),
    main: (page, words) => [page.getByRole('textbox', { name: words.settings.beyond.relay })],
  },
  'settings, beyond this network, a bad relay': {
    scene: 'home',
    show: inOrder(
      settings(en.settings.tabs.beyond),
      (page) => page.getByLabel(en.settings.beyond.relay).fill('https://me@relay.example.org/#AQ'),
      keys('Enter'),
    ),
    main: (page, words) => [page.getByRole('textbox', { name: words.settings.beyond.relay })],
  },
  ...inviteViews,
  ...relayViews,
  ...voiceViews,
  ...soundViews,
  ...recordingViews,
  lost: { scene: 'lost' },
  ...plain(
    buttons(({ app }) => [app.superseded.useHere]),
    'superseded',
    'superseded-waiting',
  ),
  occupied: {
    scene: 'occupied',
    main: buttons(({ app }) => [app.superseded.useHere, app.occupied.leave]),
  },
};

function plain(main: NonNullable<SceneView['main']>, ...scenes: string[]): Record<string, SceneView> {
  return Object.fromEntries(scenes.map((scene) => [scene, { scene, main }]));
}
