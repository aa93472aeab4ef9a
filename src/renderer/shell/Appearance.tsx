import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Theme } from '../../shared/settings/settings';
import { localeOf } from '../i18n/locale';
import { useColorScheme, useSystemLanguages } from '../state/appearance';
import { cssVariables, theme as tokens } from '../ui/theme';

interface AppearanceProps {
  language: Language;
  theme: Theme;
  children: ReactNode;
}

/** Of `.prompt-tray`, less one: a toast must not lie over a question. */
const BELOW_QUESTIONS = 259;

/** Light or dark, and the language: as chosen, or as the system has them, and changed while the app runs. */
export function Appearance({ language, theme, children }: AppearanceProps) {
  const { i18n } = useTranslation();
  const scheme = useColorScheme(theme);
  const locale = localeOf(language, useSystemLanguages());
  useEffect(() => {
    document.documentElement.lang = locale;
    void i18n.changeLanguage(locale);
  }, [i18n, locale]);
  return (
    <MantineProvider theme={tokens} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      <Notifications position="bottom-left" zIndex={BELOW_QUESTIONS} containerWidth={420} limit={4} />
      {children}
    </MantineProvider>
  );
}
