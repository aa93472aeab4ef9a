import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { ko } from './ko';
import type { Locale } from './locale';

/** The words of the app, ready to use at once: both catalogues are part of the bundle. */
export function createI18n(locale: Locale): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'en',
    defaultNS: 'ui',
    initAsync: false,
    resources: { en: { ui: en }, ko: { ui: ko } },
    // React escapes what it draws; escaping twice would show entities in names.
    interpolation: { escapeValue: false },
  });
  return instance;
}
