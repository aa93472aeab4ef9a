import { expect, type Page } from '@playwright/test';
import type { LaneKind, TransferView } from '../../../src/shared/contract/transfers';
import { en } from '../../../src/renderer/i18n/en';
import { HitherPage } from './HitherPage';

/** One transfer as a person watches it in the list: how it stands, what carries it, and how far it is. */
export class TransferParts {
  readonly #app: HitherPage;

  constructor(
    readonly page: Page,
    readonly direction: 'send' | 'receive',
    readonly name: string,
  ) {
    this.#app = new HitherPage(page);
  }

  /** The row says what carries the bytes. */
  async expectLane(kind: LaneKind, timeout: number): Promise<void> {
    await this.#app.openTransfers();
    const row = this.#app.transfer(this.direction, this.name);
    await expect(row.locator(`[data-lane="${kind}"]`)).toBeVisible({ timeout });
  }

  /** Waits until it is so many percent further than now. */
  async expectToMove(percent: number, timeout: number): Promise<void> {
    const from = await this.#app.transferProgress(this.direction, this.name);
    await expect
      .poll(() => this.#app.transferProgress(this.direction, this.name), { timeout })
      .toBeGreaterThanOrEqual(from + percent);
  }

  /** Every phase that the row shows from now on, in order. */
  async watchPhases(): Promise<() => Promise<TransferView['phase'][]>> {
    await this.#app.openTransfers();
    await expect(this.#app.transfer(this.direction, this.name)).toBeVisible();
    // The list and the chat draw a row each, and one of them at a time.
    const seen = await this.page.evaluateHandle((name) => {
      const phases: string[] = [];
      const look = (): void => {
        const rows = [...document.querySelectorAll('[data-testid="transfer"]')];
        const phase = rows.find((row) => row.textContent.includes(name))?.getAttribute('data-phase');
        if (phase && phase !== phases.at(-1)) phases.push(phase);
      };
      look();
      new MutationObserver(look).observe(document.body, {
        ...{ childList: true, subtree: true },
        attributeFilter: ['data-phase'],
      });
      return phases;
    }, this.name);
    return async () => (await seen.jsonValue()) as TransferView['phase'][];
  }

  /** What the row says from now on that carries the bytes, each time that it says something else. */
  async watchLanes(): Promise<() => Promise<LaneKind[]>> {
    await this.#app.openTransfers();
    const row = this.#app.transfer(this.direction, this.name);
    const seen = await row.evaluateHandle((element) => {
      const lanes: string[] = [];
      const look = (): void => {
        const marks = element.querySelectorAll<HTMLElement>('[data-lane]');
        const kind = [...marks]
          .map(({ dataset }) => dataset['lane'])
          .sort()
          .at(-1);
        if (kind !== undefined && kind !== lanes.at(-1)) lanes.push(kind);
      };
      look();
      new MutationObserver(look).observe(element, { childList: true, attributes: true, subtree: true });
      return lanes;
    });
    return async () => (await seen.jsonValue()) as LaneKind[];
  }

  /** Sets a limit above any lane: what is left when all has been seen need not take long. */
  static endLimit(page: Page): Promise<void> {
    return TransferParts.limitSpeed(page, 1_000);
  }

  /** Types a speed limit into the settings, in MB/s. */
  static async limitSpeed(page: Page, speedMbs: number): Promise<void> {
    await page.getByRole('button', { name: en.app.settings }).click();
    const dialog = page.getByRole('dialog', { name: en.settings.title });
    await dialog.getByRole('tab', { name: en.transfers.title }).click();
    await dialog.getByLabel(en.transfers.settings.speed).fill(String(speedMbs));
    await dialog.getByLabel(en.transfers.settings.speed).press('Enter');
    await dialog.getByRole('button', { name: en.app.close, exact: true }).first().click();
    await expect(dialog).toBeHidden();
  }
}
