import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from './format';
import type { Locale } from './locale';

const formats = new Map<Locale, Format>();

/** The formats of the language in use. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const locale: Locale = i18n.language === 'ko' ? 'ko' : 'en';
  const known = formats.get(locale);
  if (known) return known;
  const made = createFormat(locale);
  formats.set(locale, made);
  return made;
}
