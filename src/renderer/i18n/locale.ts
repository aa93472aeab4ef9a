import type { Language } from '../../shared/settings/settings';

/** A language the app has words in. */
export type Locale = 'en' | 'ko';

/** The first of the system's languages that the app speaks, or English. */
export function localeOf(language: Language, systemLanguages: readonly string[]): Locale {
  if (language !== 'system') return language;
  for (const tag of systemLanguages) {
    const primary = tag.toLowerCase().split('-')[0];
    if (primary === 'en' || primary === 'ko') return primary;
  }
  return 'en';
}
