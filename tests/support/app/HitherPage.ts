import { expect, type Locator, type Page } from '@playwright/test';
import type { TransferView } from '../../../src/shared/contract/transfers';
import { en } from '../../../src/renderer/i18n/en';
import { answerFolderDialog } from './answerFolderDialog';
import { dropPaths } from './dropPaths';
import { SharingParts } from './SharingParts';
import { TrustParts } from './TrustParts';
import { words } from './words';

/** How long two pages may take from the second person's yes to the direct connection, in ms. */
const CONNECT_MS = 15_000;

/**
 * Hither's page as a person meets it: by role and by the words of the English catalogue. The one place in the tests
 * that knows how the page is laid out, with `TrustParts` and `SharingParts`.
 */
export class HitherPage extends SharingParts {
  /** Codes, warnings and trusted devices. */
  readonly trust: TrustParts;

  constructor(page: Page) {
    super(page);
    this.trust = new TrustParts(page);
  }

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

  /** The question of another device that wants to send a file, or several. @param file its name, where it is one */
  fileRequest(name: string, file?: string): Locator {
    const { one, many } = en.home.request.files;
    const title = words(file === undefined ? many : one, { name, file: file ?? '', what: '', size: '' });
    return this.page.getByRole('dialog').filter({ hasText: title.replace(/[ ,]+$/, '') });
  }

  async acceptRequest(name: string): Promise<void> {
    await this.request(name).getByRole('button', { name: en.app.accept, exact: true }).click();
  }

  async declineRequest(name: string): Promise<void> {
    await this.request(name).getByRole('button', { name: en.app.decline, exact: true }).click();
  }

  /** How the session in view stands, as a screen reader is told. */
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
    const word = this.page
      .getByRole('heading', { name: title })
      .or(this.page.getByRole('alert').getByText(title));
    await expect(word.first()).toBeVisible({ timeout });
  }

  /** Goes to a session through its tab. */
  async openSession(name: string): Promise<void> {
    await this.page
      .getByRole('navigation')
      .getByRole('button', { name: new RegExp(`^${name}, `) })
      .click();
  }

  async leave(): Promise<void> {
    await this.page.getByRole('button', { name: en.session.leave, exact: true }).click();
  }

  /** Nothing is open but Home. */
  async expectNoSession(): Promise<void> {
    const home = this.page.getByRole('button', { name: en.app.home, exact: true });
    await expect(this.page.getByRole('navigation').getByRole('button')).toHaveCount(1);
    await expect(home).toHaveAttribute('aria-current', 'page');
  }

  // The drawer

  /** Opens a part of the session's drawer where it is closed. */
  async openDrawer(part: 'chat' | 'files' | 'people'): Promise<void> {
    const tab = this.page.getByRole('tab', { name: en.session.drawer[part], exact: true });
    if (await tab.isVisible()) await tab.click();
    else {
      const dock = this.page.getByRole('group', { name: en.session.dock });
      await dock.getByRole('button', { name: new RegExp(`^${en.session.drawer.chat}`) }).click();
      await tab.click();
    }
  }

  /** Opens the check of the session in view; gives its dialog. */
  async checkConnection(): Promise<Locator> {
    await this.openDrawer('people');
    await this.page.getByRole('button', { name: en.doctor.open, exact: true }).click();
    return this.page.getByRole('dialog', { name: en.doctor.title });
  }

  // Texts

  async sendText(name: string, text: string): Promise<void> {
    await this.openDrawer('chat');
    const field = this.page.getByLabel(words(en.texts.label, { name }), { exact: true });
    await field.fill(text);
    await field.press('Enter');
  }

  /** A text that was sent or received, once it is as far as it goes. */
  async expectText(text: string, state: 'delivered' | 'received', timeout = 10_000): Promise<void> {
    await this.openDrawer('chat');
    const item = this.page.getByTestId('text').filter({ hasText: text });
    await expect(item).toBeVisible({ timeout });
    if (state === 'delivered') await expect(item).toContainText(en.texts.state.delivered, { timeout });
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
    await this.#send(en.session.sendFiles);
    await (await chooser).setFiles(paths);
  }

  /** Picks a folder through the session's button, in the browser's dialog. */
  async sendFolder(path: string): Promise<void> {
    await answerFolderDialog(this.page, path);
    await this.openFolderDialog();
  }

  /** Presses the session's button for folders. */
  async openFolderDialog(): Promise<void> {
    await this.#send(en.session.sendFolder);
  }

  /** The same in a browser that has no such dialog, and takes the files of a folder as it takes files. */
  async sendFolderAsFiles(path: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.#send(en.session.sendFolder);
    await (await chooser).setFiles(path);
  }

  /** Waits until the choice of a folder tells what goes missing that way. */
  async expectFolderHint(kind: keyof typeof en.app.folderHint): Promise<void> {
    await this.#openSendMenu();
    await expect(this.#sendItem(en.session.sendFolder)).toContainText(en.app.folderHint[kind]);
    await this.page.keyboard.press('Escape');
  }

  async #send(what: string): Promise<void> {
    await this.#openSendMenu();
    await this.#sendItem(what).click();
  }

  async #openSendMenu(): Promise<void> {
    const dock = this.page.getByRole('group', { name: en.session.dock });
    await dock.getByRole('button', { name: en.session.send, exact: true }).click();
  }

  #sendItem(what: string): Locator {
    return this.page.getByRole('menuitem', { name: new RegExp(`^${what}`) });
  }

  /** The question whether to take offered files. */
  offer(name: string): Locator {
    const title = this.page.getByText(words(en.transfers.offer.title, { name }), { exact: true });
    return this.page.getByRole('dialog').filter({ has: title });
  }

  /** Accepts, and waits for the disk to be prepared: one that has much to write first takes seconds. */
  async acceptOffer(name: string): Promise<void> {
    await this.offer(name)
      .getByRole('button', { name: /^Accept/ })
      .click();
    await expect(this.offer(name)).toBeHidden({ timeout: 30_000 });
  }

  async declineOffer(name: string): Promise<void> {
    await this.offer(name).getByRole('button', { name: en.app.decline, exact: true }).click();
  }

  /** Has the offered files go to another folder, by its path. */
  async chooseOfferFolder(name: string, dir: string): Promise<void> {
    const offer = this.offer(name);
    await offer.getByRole('button', { name: en.transfers.offer.change }).click();
    await offer.getByLabel(en.transfers.offer.path).fill(dir);
    await offer.getByRole('button', { name: en.transfers.offer.usePath }).click();
  }

  /** The offer can't be accepted, for a reason that its prompt tells. */
  async expectOfferProblem(name: string, code: keyof typeof en.errors): Promise<void> {
    await expect(this.offer(name)).toContainText(en.errors[code].title);
    await expect(this.offer(name).getByRole('button', { name: /^Accept/ })).toBeDisabled();
  }

  /** An offer was refused without asking, because of a name in it. */
  async expectRefusedOffer(code: keyof typeof en.errors, name: string): Promise<void> {
    await this.openTransfers();
    const row = this.transfers.filter({ hasText: en.errors[code].title });
    await expect(row).toContainText(name);
  }

  // Transfers

  /** Every row of the list. */
  get transfers(): Locator {
    return this.page.getByTestId('transfer');
  }

  /** How each transfer stands, from the newest to the oldest. */
  async transferPhases(): Promise<(string | null)[]> {
    return Promise.all((await this.transfers.all()).map((row) => row.getAttribute('data-phase')));
  }

  /** Opens the list of transfers where it is closed. */
  async openTransfers(): Promise<void> {
    const panel = this.page.getByRole('region', { name: en.transfers.title, exact: true });
    if (await panel.isVisible()) return;
    await this.page.getByRole('button', { name: new RegExp(`^${en.transfers.title}`) }).click();
    await expect(panel).toBeVisible();
  }

  /** The row of a transfer. @param name its first file or folder */
  transfer(direction: 'send' | 'receive', name: string): Locator {
    const before = words(en.transfers[direction], { name: '' });
    return this.transfers.filter({ hasText: before }).filter({ hasText: name });
  }

  async expectTransfer(
    direction: 'send' | 'receive',
    name: string,
    phase: TransferView['phase'],
    timeout = 10_000,
  ): Promise<void> {
    await this.openTransfers();
    await expect(this.transfer(direction, name)).toHaveAttribute('data-phase', phase, { timeout });
  }

  /** Waits until a transfer has begun to move, and tells how far it is, in percent. */
  async transferProgress(direction: 'send' | 'receive', name: string): Promise<number> {
    await this.openTransfers();
    const bar = this.transfer(direction, name).getByRole('progressbar');
    return Number(await bar.getAttribute('aria-valuenow'));
  }

  async cancelTransfer(direction: 'send' | 'receive', name: string): Promise<void> {
    await this.openTransfers();
    const label = words(en.transfers.cancel, { name });
    await this.transfer(direction, name).getByRole('button', { name: label }).click();
  }

  /** Forgets what is over. */
  async clearTransfers(): Promise<void> {
    await this.openTransfers();
    await this.page.getByRole('button', { name: en.transfers.clear }).click();
    await expect(this.transfers).toHaveCount(0);
  }

  /** Why a transfer failed, as its row says it. */
  async expectTransferFailure(
    direction: 'send' | 'receive',
    name: string,
    code: keyof typeof en.errors,
    timeout = 15_000,
  ): Promise<void> {
    await this.openTransfers();
    await expect(this.transfer(direction, name)).toContainText(en.errors[code].title, { timeout });
  }

  // The window itself

  /** This page is the one that its backend serves. */
  async expectInUse(): Promise<void> {
    await expect(this.page.getByRole('button', { name: en.app.home, exact: true })).toBeVisible();
    await expect(this.page.getByRole('alertdialog')).toBeHidden();
  }

  /** Another tab has taken over. */
  async expectSuperseded(): Promise<void> {
    await expect(this.page.getByRole('alertdialog', { name: en.app.superseded.title })).toBeVisible();
  }

  /** Of a page that another tab has taken over from, or that asks before it does so itself. */
  async useHere(): Promise<void> {
    await this.page.getByRole('button', { name: en.app.superseded.useHere }).click();
  }

  /** This page asks before it takes over, as that would cost what it names. */
  async expectQuestion(...costs: string[]): Promise<void> {
    await this.expectSuperseded();
    const cover = this.page.getByRole('alertdialog');
    await expect(cover.getByRole('button', { name: en.app.occupied.leave })).toBeVisible();
    await expect(cover.getByRole('heading')).toBeFocused();
    for (const cost of costs) await expect(cover).toContainText(cost);
  }

  /** Leaves Hither to the other tab. */
  async leaveThere(): Promise<void> {
    await this.page.getByRole('button', { name: en.app.occupied.leave }).click();
    await expect(this.page.getByRole('button', { name: en.app.occupied.leave })).toBeHidden();
  }

  /** What a page shows whose address lacks the token, or has a stale one. */
  get refusal(): Locator {
    return this.page.getByRole('heading', { name: en.app.noKey.title });
  }

  /** The backend does not answer any more. */
  async expectBackendLost(timeout = 10_000): Promise<void> {
    await expect(this.page.getByRole('alertdialog', { name: en.app.lost.title })).toBeVisible({ timeout });
  }
}
