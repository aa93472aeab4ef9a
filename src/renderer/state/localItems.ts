/** Features take drops and picks through the state layer, as everything else of core. */
export { itemsOfDrop, itemsOfInput } from '../core/files/localItems';
export type { ReadItems } from '../core/types';
export { itemOfText, itemsOfPaste } from '../core/files/pastedItems';
