import { expect, type Locator, type Page } from '@playwright/test';
import { en } from '../../../src/renderer/i18n/en';

/** What Hither's page has for screens: the dock's button and its menu, the bar, the stage. */
export class SharingParts {
  constructor(readonly page: Page) {}

  /** Asks for the screen to be shared; the browser's picker answers itself. */
  async startSharing(): Promise<void> {
    await this.page.getByRole('button', { name: en.share.start }).first().click();
  }

  /** Shares the screen and waits until the page says so. */
  async shareScreen(): Promise<void> {
    await this.startSharing();
    await expect(this.page.getByRole('button', { name: en.share.stop, exact: true })).toBeVisible();
  }

  /** Shares a part of the screen, in its pixels, and waits until the page says so. */
  async shareRegion(region: Record<'x' | 'y' | 'width' | 'height', number>): Promise<void> {
    await this.chooseRegion();
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      const field = this.regionDialog.getByRole('textbox', { name: en.share.part[side], exact: true });
      await field.fill(String(region[side]));
      await field.blur();
    }
    await this.regionDialog.getByRole('button', { name: en.share.part.show }).click();
    await expect(this.sharingBar).toContainText(en.share.part.note);
  }

  /** Captures the screen, for nobody yet, and has the person asked which part of it to show. */
  async chooseRegion(): Promise<void> {
    await this.page.getByRole('button', { name: en.share.moreWays }).click();
    await this.page.getByRole('menuitem', { name: en.share.part.start }).click();
    await expect(this.regionDialog.getByRole('textbox').first()).toBeVisible();
  }

  get regionDialog(): Locator {
    return this.page.getByRole('dialog', { name: en.share.part.title });
  }

  /** Shares in this session what another one has already. */
  async shareHereToo(): Promise<void> {
    await this.page.getByRole('button', { name: en.share.startHere }).first().click();
  }

  /** Stops it in the session that is shown, and in no other. */
  async stopSharingHere(): Promise<void> {
    await this.page.getByRole('button', { name: en.share.stop, exact: true }).last().click();
  }

  /** Shares another source in place of the one that is shared. */
  async shareSomethingElse(): Promise<void> {
    await this.onShare(en.share.change);
  }

  async pauseSharing(): Promise<void> {
    await this.onShare(en.share.pause);
  }

  async resumeSharing(): Promise<void> {
    await this.onShare(en.share.resume);
  }

  async openQuality(): Promise<void> {
    await this.onShare(en.quality.open);
  }

  async stopSharingWithAll(): Promise<void> {
    await this.onShare(en.share.stopForAll);
  }

  /** Does something with what is shared: in its session by the dock's menu, elsewhere by the bar. */
  async onShare(name: string): Promise<void> {
    const bar = this.page.getByRole('region', { name: en.share.region });
    if (await bar.isVisible()) await bar.getByRole('button', { name }).click();
    else {
      await this.page.getByRole('button', { name: en.share.more }).click();
      await this.page.getByRole('menuitem', { name }).click();
    }
  }

  /** What stands in place of the bar while the screen is captured for nobody. */
  get unwatchedBar(): Locator {
    return this.page.getByRole('region', { name: en.share.unwatchedRegion });
  }

  /** Says what is shared and with whom: on the stage of its session, elsewhere as a bar. */
  get sharingBar(): Locator {
    return this.page.getByTestId('own-share').or(this.page.getByRole('region', { name: en.share.region }));
  }

  async stopSharing(): Promise<void> {
    await this.page.getByRole('button', { name: en.share.stop, exact: true }).click();
    await expect(this.sharingBar).toBeHidden();
  }

  /** What the other side shows. */
  get remoteVideo(): Locator {
    return this.page.getByTestId('remote-video');
  }
}
