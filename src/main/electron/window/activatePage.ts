import type { WebContents } from 'electron';

/** Event on the page's `window` during which it may do what needs a person's gesture, such as `getDisplayMedia`. */
const ACTIVATED_EVENT = 'hither:activated';

/**
 * Gives a page a gesture that nobody made: for a capture that the person has allowed for good, and that starts while
 * they are elsewhere. The page's listeners run in it.
 */
export async function activatePage(contents: Pick<WebContents, 'executeJavaScript'>): Promise<void> {
  await contents.executeJavaScript(`void dispatchEvent(new Event('${ACTIVATED_EVENT}'))`, true);
}
