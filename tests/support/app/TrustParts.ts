import { expect, type Locator, type Page } from '@playwright/test';
import type { TrustPermissions } from '../../../src/shared/contract/trust';
import { en } from '../../../src/renderer/i18n/en';
import { words } from './words';

/** How long two pages may take from the request's acceptance to the code, in ms. */
const CODE_MS = 15_000;

/** A code as the page shows it. */
export interface ShownCode {
  /** Names of the pictures, in order. */
  pictures: string[];
  /** Nine digits. */
  digits: string;
}

/** What Hither's page shows of trust: the code, the warnings, the list of trusted devices. */
export class TrustParts {
  constructor(readonly page: Page) {}

  // Comparing

  get #code(): Locator {
    return this.page.getByRole('group', { name: en.verify.code });
  }

  /** The code, as soon as it is there. */
  async code(): Promise<ShownCode> {
    await expect(this.#code).toBeVisible({ timeout: CODE_MS });
    const pictures = await this.#code.getByRole('listitem').allInnerTexts();
    const digits = await this.#code.getByTestId('code-digits').locator('[aria-hidden]').allTextContents();
    return { pictures: pictures.map((name) => name.trim()), digits: digits.join('').replaceAll(/\s/g, '') };
  }

  /** "They match", with or without trust from now on. */
  async confirmCode({ trust = false } = {}): Promise<void> {
    if (trust) await this.page.getByRole('checkbox', { name: en.verify.trust }).check();
    await this.page.getByRole('button', { name: en.verify.match, exact: true }).click();
  }

  /** "They don't match". */
  async rejectCode(): Promise<void> {
    await this.page.getByRole('button', { name: en.verify.mismatch, exact: true }).click();
  }

  /** This person has nothing to compare, or has done so; the other one is at it. */
  async expectOtherCompares(name: string, why: 'waiting' | 'comparing'): Promise<void> {
    await expect(this.page.getByRole('heading', { name: words(en.verify[why].title, { name }) })).toBeVisible(
      {
        timeout: CODE_MS,
      },
    );
  }

  /** The session ended because the codes differed, and the page says what that means. */
  async expectMismatchExplained(): Promise<void> {
    const title = en.ends['code-mismatch'].title;
    await expect(this.page.getByRole('heading', { name: title })).toBeVisible();
    await expect(this.page.getByText(en.verify.differed.causes.inBetween)).toBeVisible();
  }

  // Warnings

  /** The full stop for a device that is not the trusted one whose name (or address) it has. */
  keyChanged(trusted: string): Locator {
    return this.page.getByRole('heading', { name: words(en.keyChanged.title, { trusted }) });
  }

  /** "It is another device: compare codes". */
  async compareAnyway(): Promise<void> {
    await this.page.getByRole('button', { name: en.keyChanged.goOn }).click();
  }

  // Asking for a screen

  async askToView(): Promise<void> {
    await this.page.getByRole('button', { name: en.share.view.ask }).first().click();
  }

  /** The other person's question, as a prompt. */
  viewRequest(name: string): Locator {
    const title = this.page.getByText(words(en.share.view.title, { name }), { exact: true });
    return this.page.getByRole('dialog').filter({ has: title });
  }

  /** Answers the question with a share; the browser's picker answers itself. */
  async chooseForView(name: string): Promise<void> {
    await this.viewRequest(name).getByRole('button', { name: en.share.view.choose }).click();
  }

  async declineView(name: string): Promise<void> {
    await this.viewRequest(name).getByRole('button', { name: en.share.view.notNow }).click();
  }

  /** The other person said "not now". */
  async expectViewDeclined(): Promise<void> {
    const button = this.page.getByRole('button', { name: en.share.view.declined });
    await expect(button.first()).toBeVisible();
  }

  // Trusted devices

  /** Opens the settings at the trusted devices, does something there, and closes them. */
  async inSettings(work: () => Promise<void>): Promise<void> {
    await this.page.getByRole('button', { name: en.app.settings }).click();
    const dialog = this.page.getByRole('dialog', { name: en.settings.title });
    await dialog.getByRole('tab', { name: en.settings.tabs.trust }).click();
    await work();
    await dialog.getByRole('button', { name: en.app.close, exact: true }).first().click();
    await expect(dialog).toBeHidden();
  }

  /** The row of a trusted device. */
  device(name: string): Locator {
    return this.page.getByTestId('trusted-device').filter({ hasText: name });
  }

  /** Turns a permission of a trusted device on. */
  async allow(name: string, permission: keyof TrustPermissions): Promise<void> {
    await this.inSettings(async () => {
      await this.#unfold(name);
      const switched = this.device(name).getByRole('switch', { name: en.trust.permissions[permission] });
      // Not `check()`: it turns when the backend has it.
      await switched.click();
      await expect(switched).toBeChecked();
    });
  }

  /** Stops trusting a device. */
  async revoke(name: string): Promise<void> {
    await this.inSettings(async () => {
      await this.#unfold(name);
      const revoke = this.device(name).getByRole('button', { name: en.trust.revoke.action });
      await revoke.click();
      await this.device(name)
        .getByRole('alert')
        .getByRole('button', { name: en.trust.revoke.action })
        .click();
      await expect(this.device(name)).toHaveCount(0);
    });
  }

  async #unfold(name: string): Promise<void> {
    const label = words(en.trust.list.details, { name });
    await this.device(name).getByRole('button', { name: label }).click();
  }
}
