import type { Style } from './expectFits';
import { sceneViews } from './sceneViews';

const STYLES: readonly Style[] = [
  { lang: 'en', theme: 'dark' },
  { lang: 'ko', theme: 'light' },
  { lang: 'en', theme: 'light' },
  { lang: 'ko', theme: 'dark' },
];

const views = Object.entries(sceneViews);
const shortStyleOf = (index: number): Style => STYLES[index % 2] ?? STYLES[0]!;

/** Each view with the one style that every run of the tests looks at: English and Korean in turns. */
export const shortStyles = views.map(([name, view], index) => [name, view, shortStyleOf(index)] as const);

/** Each view with the others, for the long tests. */
export const longStyles = views.map(
  ([name, view], index) => [name, view, STYLES.filter((style) => style !== shortStyleOf(index))] as const,
);
