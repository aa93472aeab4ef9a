import { useSyncExternalStore } from 'react';
import type { Theme } from '../../shared/settings/settings';

const DARK = '(prefers-color-scheme: dark)';

/** The system's languages, most wanted first; follows the system while the page is open. */
export function useSystemLanguages(): readonly string[] {
  const languages = useSyncExternalStore(
    (listener) => {
      window.addEventListener('languagechange', listener);
      return () => window.removeEventListener('languagechange', listener);
    },
    // Text, because a browser may hand out a new array each time, and React would draw for ever.
    () => navigator.languages.join(' '),
  );
  return languages.split(' ');
}

/** Light or dark, as chosen or, with `system`, as the system shows things right now. */
export function useColorScheme(theme: Theme): 'light' | 'dark' {
  const system = useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(DARK);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => (window.matchMedia(DARK).matches ? 'dark' : 'light'),
  );
  return theme === 'system' ? system : theme;
}
