import 'i18next';
import type { en } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui';
    resources: { ui: typeof en };
    /** A forgotten variable fails to compile. */
    strictInterpolationChecks: true;
  }
}
