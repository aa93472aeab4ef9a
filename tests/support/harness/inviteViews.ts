import type { Locator, Page } from '@playwright/test';
import { en } from '../../../src/renderer/i18n/en';
import type { ko } from '../../../src/renderer/i18n/ko';
import type { Failure } from '../../../src/shared/errors';
import type { SceneView } from './sceneViews';

type Words = typeof en | typeof ko;
type Step = (page: Page) => Promise<void>;

const button = (name: (words: Words) => string) => (page: Page, words: Words) =>
  page.getByRole('button', { name: name(words), exact: true });
const field = (page: Page, { home }: Words): Locator => page.getByLabel(home.address.label);
const all =
  (...locators: ((page: Page, words: Words) => Locator)[]): NonNullable<SceneView['main']> =>
  (page, words) =>
    locators.map((locate) => locate(page, words));

const inOrder =
  (...steps: Step[]): Step =>
  async (page) => {
    for (const step of steps) await step(page);
  };
const press =
  (name: string): Step =>
  (page) =>
    page.getByRole('button', { name, exact: true }).click();
const choose =
  (name: string): Step =>
  (page) =>
    page.getByRole('radiogroup').getByText(name, { exact: true }).click();
const answersToLink = all(
  button(({ invites }) => invites.opened.join),
  button(({ invites }) => invites.opened.notNow),
);
const closing: NonNullable<SceneView['main']> = (page, words) => [
  page.getByRole('dialog').getByRole('button', { name: words.app.close, exact: true }).last(),
];
const form = press(en.invites.open);
const link = inOrder(form, press(en.invites.form.create));
const code = inOrder(form, choose(en.invites.form.code), press(en.invites.form.create));

/** The invite in view ends. */
const ends =
  (end: 'used' | 'burned'): Step =>
  (page) =>
    page.evaluate((how) => {
      const [invite] = window.fakeCore.getSnapshot().invites;
      if (invite) window.fakeCore.emit('invites:ended', { invite: { ...invite, guests: ['Ben'] }, end: how });
    }, end);

const typed =
  (text: string): Step =>
  (page) =>
    field(page, en).fill(text);
const join = press(en.home.address.connect);
const fails =
  (failure: Failure): Step =>
  (page) =>
    page.evaluate((each) => window.fakeCore.failComing(each), failure);
const CODE = '7-ripe-lantern';

/** Every view of giving out invites and of coming by them. */
export const inviteViews: Readonly<Record<string, SceneView>> = {
  'invite-ready': {
    scene: 'invite-ready',
    main: all(
      field,
      button(({ invites }) => invites.open),
    ),
  },
  'invites-open': {
    scene: 'invites-open',
    main: all(
      field,
      button(({ invites }) => invites.open),
    ),
  },
  'invite, the form': {
    scene: 'invite-ready',
    show: form,
    main: all(button(({ invites }) => invites.form.create)),
  },
  'invite, the form of a code': {
    scene: 'invite-ready',
    show: inOrder(form, choose(en.invites.form.code)),
    main: all(button(({ invites }) => invites.form.create)),
  },
  'invite, a link': {
    scene: 'invite-ready',
    show: link,
    main: all(
      button(({ invites }) => invites.link.copy),
      button(({ invites }) => invites.done),
    ),
  },
  'invite, a code': {
    scene: 'invite-ready',
    show: code,
    main: all(
      (page, { invites }) => page.getByRole('group', { name: invites.code.label }),
      button(({ invites }) => invites.done),
    ),
  },
  'invite, used': {
    scene: 'invite-ready',
    show: inOrder(link, ends('used')),
    main: all(button(({ invites }) => invites.again)),
  },
  'invite, burned': {
    scene: 'invite-ready',
    show: inOrder(code, ends('burned')),
    main: all(button(({ invites }) => invites.again)),
  },
  'invite-without-relay': {
    scene: 'invite-without-relay',
    show: form,
    main: all(button(({ invites }) => invites.noRelay.action)),
  },
  'link-opened': { scene: 'link-opened', main: answersToLink },
  'link-opened-long': { scene: 'link-opened-long', main: answersToLink },
  'link-opened-plain': { scene: 'link-opened-plain', main: answersToLink },
  'session-link-opened': { scene: 'session-link-opened', main: answersToLink },
  'link-opened-bad': { scene: 'link-opened-bad', main: closing },
  'link-opened-expired': { scene: 'link-opened-expired', main: closing },
  'session-guest': {
    scene: 'session-guest',
    main: all(
      button(({ session }) => session.send),
      button(({ session }) => session.guest.limits),
      button(({ session }) => session.leave),
    ),
  },
  'session-guest-watches': {
    scene: 'session-guest-watches',
    show: press(en.session.guest.limits),
    main: all(
      button(({ session }) => session.guest.limits),
      button(({ session }) => session.leave),
    ),
  },
  'session-with-guest': {
    scene: 'session-with-guest',
    show: (page) => page.getByRole('tab', { name: en.session.drawer.people, exact: true }).click(),
    main: all(
      button(({ share }) => share.start),
      button(({ session }) => session.leave),
    ),
  },
  'session-with-guest, trust': {
    scene: 'session-with-guest',
    show: async (page) => {
      await page.getByRole('button', { name: en.session.more, exact: true }).click();
      await page.getByRole('menuitem', { name: en.trust.give.action }).click();
    },
    main: all(
      button(({ trust }) => trust.give.action),
      button(({ app }) => app.cancel),
    ),
  },
  'coming by a code, without a relay': {
    scene: 'invite-without-relay',
    show: typed(CODE),
    main: all(
      field,
      button(({ invites }) => invites.noRelay.action),
    ),
  },
  'coming by a code': {
    scene: 'invite-ready',
    show: inOrder(typed(CODE), join),
    main: all(
      field,
      button(({ invites }) => invites.join.cancel),
    ),
  },
  'coming by a code with a wrong word': {
    scene: 'invite-ready',
    show: inOrder(typed(CODE), join, fails({ code: 'wrong-code', facts: { left: 1 } })),
    main: all(
      field,
      button(({ home }) => home.address.connect),
    ),
  },
};
