/** Features take drops and picks through the state layer, as everything else of core. */
export { itemsOfDrop, itemsOfInput } from '../core/files/localItems';
export type { ConnectTarget, LocalItem, SessionView, ShareView } from '../core/types';
