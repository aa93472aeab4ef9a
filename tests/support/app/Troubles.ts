import type { TestInfo } from '@playwright/test';
import type { Instance } from './Instance';

/** What went wrong in all instances of a test without anyone asking, less what the test announced. */
export class Troubles {
  readonly #instances: Instance[] = [];
  readonly #announced: RegExp[] = [];

  watch(instance: Instance): void {
    this.#instances.push(instance);
  }

  /** Allows lines of trouble that the test provokes. */
  announce(pattern: RegExp): void {
    this.#announced.push(pattern);
  }

  /** Everything that went wrong without being announced. */
  unexpected(): string[] {
    const all = this.#instances.flatMap((instance) => instance.troubles());
    return all.filter((line) => !this.#announced.some((pattern) => pattern.test(line)));
  }

  /** Keeps what each page shows and what has gone wrong so far, for the report of a test that failed. */
  async attachScreens(testInfo: TestInfo): Promise<void> {
    for (const { name, page } of this.#instances) {
      const path = testInfo.outputPath(`${name}.png`);
      const picture = await page.screenshot({ path, timeout: 3_000 }).catch(() => null);
      if (picture) await testInfo.attach(`${name}.png`, { path, contentType: 'image/png' });
    }
    await testInfo.attach('troubles.txt', { body: this.unexpected().join('\n'), contentType: 'text/plain' });
  }
}
