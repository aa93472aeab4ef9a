import { MAX_NAME_BYTES } from '../../../src/shared/transfer/manifest/freeName';
import type { NameRules } from '../../../src/shared/transfer/manifest/LocalNames';

/** A disk that takes any name that has no separator. */
export const ANY_NAMES: NameRules = {
  forbidden: '',
  takesTrailing: true,
  takesDevices: true,
  isCaseSensitive: true,
  maxBytes: MAX_NAME_BYTES,
};
