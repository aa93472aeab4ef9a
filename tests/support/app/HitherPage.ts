import { expect, type Locator, type Page } from '@playwright/test';
import { en } from '../../../src/renderer/i18n/en';
import { dropPaths } from './dropPaths';

/** How long two pages may take from the second person's yes to the direct connection, in ms. */
const CONNECT_MS = 15_000;

/** A sentence of the catalogue with its blanks filled in. */
function words(sentence: string, blanks: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replaceAll(/\{\{(\w+)\}\}/g, (blank, name: string) => String(blanks[name] ?? blank));
}

/**
 * Hither's page as a person meets it: by role and by the words of the English catalogue. The one place in the tests
 * that knows how the page is laid out.
 */
export class HitherPage {
  constructor(readonly page: Page) {}

  /** The first start's question, answered with yes: from now on this device is visible. */
  async welcome(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: en.welcome.turnOn }).click();
    await expect(this.page.getByRole('dialog')).toBeHidden();
  }

  // Devices

  /** The card of a nearby device. */
  card(name: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.#cardButton(name) });
  }

  #cardButton(name: string): Locator {
    return this.page.getByRole('button', { name: words(en.home.nearby.connect, { name }), exact: true });
  }

  async connectTo(name: string): Promise<void> {
    // mDNS answers within seconds; a probe that got lost is repeated.
    await expect(this.#cardButton(name)).toBeVisible({ timeout: 20_000 });
    await this.#cardButton(name).click();
  }

  async connectToAddress(address: string): Promise<void> {
    const form = this.page.locator('form').filter({ has: this.page.getByLabel(en.home.address.label) });
    await form.getByLabel(en.home.address.label).fill(address);
    await form.getByRole('button', { name: en.home.address.connect }).click();
  }

  async goHome(): Promise<void> {
    await this.page.getByRole('button', { name: en.app.home, exact: true }).click();
  }

  // Sessions

  /** The question of another device. */
  request(name: string): Locator {
    const title = this.page.getByText(words(en.home.request.title, { name }), { exact: true });
    return this.page.getByRole('dialog').filter({ has: title });
  }

  async acceptRequest(name: string): Promise<void> {
    await this.request(name).getByRole('button', { name: en.app.accept, exact: true }).click();
  }

  async declineRequest(name: string): Promise<void> {
    await this.request(name).getByRole('button', { name: en.app.decline, exact: true }).click();
  }

  /** The line under the peer's name that says how the session stands. */
  async expectSession(state: keyof typeof en.session.state, timeout: number): Promise<void> {
    const status = this.page.getByRole('status').filter({ hasText: en.session.state[state] });
    await expect(status.first()).toBeVisible({ timeout });
  }

  async expectConnected(timeout = CONNECT_MS): Promise<void> {
    await this.expectSession('connected', timeout);
  }

  /** The session's last word, as the person reads it. */
  async expectEnded(reason: keyof typeof en.ends, name: string, timeout = 10_000): Promise<void> {
    const title = words(en.ends[reason].title, { name });
    await expect(this.page.getByRole('heading', { name: title })).toBeVisible({ timeout });
  }

  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: en.session.leave, exact: true }).click();
  }

  // Screens

  /** Shares the screen; the browser's picker answers itself. */
  async shareScreen(): Promise<void> {
    await this.page.getByRole('button', { name: en.share.start }).first().click();
    await expect(this.sharingBar).toBeVisible();
  }

  get sharingBar(): Locator {
    return this.page.getByRole('region', { name: en.share.region });
  }

  async stopSharing(): Promise<void> {
    await this.sharingBar.getByRole('button', { name: en.share.stop }).click();
    await expect(this.sharingBar).toBeHidden();
  }

  /** What the other side shows. */
  get remoteVideo(): Locator {
    return this.page.getByTestId('remote-video');
  }

  // Files

  /** Drops real files and folders on the session, as a file manager does. */
  async drop(...paths: string[]): Promise<void> {
    await dropPaths(this.page.getByRole('region', { name: en.session.stage.label }), paths);
  }

  /** Drops real files and folders on a device's card. */
  async dropOnCard(name: string, ...paths: string[]): Promise<void> {
    await dropPaths(this.card(name), paths);
  }

  /** Picks files through the session's button. */
  async sendFiles(...paths: string[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: en.session.sendFiles, exact: true }).first().click();
    await (await chooser).setFiles(paths);
  }

  /** Picks a folder through the session's button. */
  async sendFolder(path: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: en.session.sendFolder, exact: true }).first().click();
    await (await chooser).setFiles(path);
  }

  /** The question whether to take offered files. */
  offer(name: string): Locator {
    const title = this.page.getByText(words(en.transfers.offer.title, { name }), { exact: true });
    return this.page.getByRole('dialog').filter({ has: title });
  }

  async acceptOffer(name: string): Promise<void> {
    await this.offer(name)
      .getByRole('button', { name: /^Accept/ })
      .click();
    await expect(this.offer(name)).toBeHidden();
  }

  async declineOffer(name: string): Promise<void> {
    await this.offer(name).getByRole('button', { name: en.app.decline, exact: true }).click();
  }

  /** Words that stand anywhere on the page. */
  text(sentence: string, blanks: Readonly<Record<string, string | number>> = {}): Locator {
    return this.page.getByText(words(sentence, blanks));
  }
}
