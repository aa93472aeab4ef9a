import { expect, type Locator, type Page } from '@playwright/test';

type Role = Parameters<Page['getByRole']>[0];

/** How many stops a person walks before giving up: more than any view has. */
const MOST_STOPS = 40;

/** A person who has nothing but a keyboard: walks to what is wanted and presses it; the focus is never lost on the way. */
export class Keyboard {
  constructor(readonly page: Page) {}

  /** What has the focus; nothing where the page's body has it. */
  get focused(): Locator {
    return this.page.locator(':focus');
  }

  /** The focus is where a person goes on. @param name of the element as a screen reader says it, or the beginning of it */
  async expectAt(role: Role, name: string | RegExp, timeout?: number): Promise<void> {
    const options = timeout === undefined ? {} : { timeout };
    await expect(this.focused).toHaveRole(role, options);
    await expect(this.focused).toHaveAccessibleName(name, options);
  }

  /** Walks to something by Tab, or back by Shift+Tab. */
  async walkTo(role: Role, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const wanted = this.page.getByRole(role, { name, exact: typeof name === 'string' });
    const isThere = () =>
      wanted.evaluateAll((all) => all.some((element) => element === document.activeElement));
    await expect(wanted.first()).toBeVisible();
    for (let stop = 0; stop < MOST_STOPS && !(await isThere()); stop += 1)
      await this.page.keyboard.press(key);
    await this.expectAt(role, name);
  }

  /** Walks to a button and presses it. */
  async press(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.walkTo('button', name, key);
    // A new question takes no answer for a moment.
    await expect(this.focused).toBeEnabled();
    await this.page.keyboard.press('Enter');
  }

  /** Opens the menu of a button and chooses in it. */
  async choose(button: string | RegExp, item: string | RegExp): Promise<void> {
    await this.press(button);
    const wanted = this.page.getByRole('menuitem', { name: item, exact: typeof item === 'string' });
    await expect(wanted).toBeVisible();
    const isThere = () => wanted.evaluate((element) => element === document.activeElement);
    for (let stop = 0; stop < MOST_STOPS && !(await isThere()); stop += 1)
      await this.page.keyboard.press('ArrowDown');
    await this.expectAt('menuitem', item);
    await this.page.keyboard.press('Enter');
    await expect(wanted).toBeHidden();
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async hit(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }
}
