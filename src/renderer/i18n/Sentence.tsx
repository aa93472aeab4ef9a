import type { ParseKeys } from 'i18next';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';

interface SentenceProps {
  k: ParseKeys;
  /** Text that came from somewhere else: drawn as text, each in its own `<bdi>`. */
  names: Readonly<Record<string, string>>;
  values?: Readonly<Record<string, string | number>>;
}

/** Private-use marks stand for the names while i18next puts the sentence together, so no name is ever parsed. */
const MARK = /\uE000(\d+)\uE001/;

/** A sentence with somebody's words in it, such as a device's name. */
export function Sentence({ k, names, values }: SentenceProps) {
  const { t } = useTranslation();
  const keys = Object.keys(names);
  const marked = Object.fromEntries(keys.map((key, index) => [key, `\uE000${index}\uE001`]));
  const translate = t as (key: string, values: Record<string, unknown>) => string;
  const parts = translate(k, { ...values, ...marked }).split(MARK);
  return parts.map((part, index) =>
    // `split` with one group alternates between text and the group.
    index % 2 === 0 ? (
      <Fragment key={index}>{part}</Fragment>
    ) : (
      <bdi key={index}>{names[keys[Number(part)] ?? '']}</bdi>
    ),
  );
}
