import type { TFunction } from 'i18next';
import type { ErrorFacts, Failure } from '../../shared/errors';
import type { EndReason } from '../../shared/signaling/endReason';
import type { en } from './en';
import type { Format } from './format';

/** A failure in words: what happened, what to do, and the facts that help doing it. */
export interface FailureWords {
  title: string;
  help: string;
  facts: readonly { label: string; value: string }[];
}

/** Facts a person can use, by the names that core and backend give them; any other fact stays in the log. */
const factKinds: Readonly<Record<string, { label: keyof typeof en.facts; isBytes?: true }>> = {
  path: { label: 'file' },
  file: { label: 'file' },
  name: { label: 'file' },
  dir: { label: 'folder' },
  folder: { label: 'folder' },
  address: { label: 'address' },
  neededBytes: { label: 'needed', isBytes: true },
  freeBytes: { label: 'free', isBytes: true },
  limit: { label: 'limit' },
  count: { label: 'count' },
  theirs: { label: 'theirs' },
  theirVersion: { label: 'theirs' },
  ours: { label: 'ours' },
  ourVersion: { label: 'ours' },
  detail: { label: 'detail' },
};

/** The words for a failure. */
export function failureWords(t: TFunction, format: Format, failure: Failure): FailureWords {
  return {
    title: t(`errors.${failure.code}.title`),
    help: t(`errors.${failure.code}.help`),
    // What a bug's facts name means nothing to a person.
    facts: failure.code === 'bad-request' || failure.code === 'internal' ? [] : factWords(t, format, failure.facts),
  };
}

/** Facts as label and value, those a person can use, in the order they came. */
export function factWords(t: TFunction, format: Format, facts: ErrorFacts): FailureWords['facts'] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const kind = Object.hasOwn(factKinds, name) ? factKinds[name] : undefined;
    if (kind === undefined || value === '') return [];
    const text = typeof value === 'string' ? value : kind.isBytes ? format.bytes(value) : format.count(value);
    return [{ label: t(`facts.${kind.label}`), value: text }];
  });
}

/** Catalogue key under `ends` for the end of a session. */
export function endKey(reason: EndReason, isMine: boolean): keyof typeof en.ends {
  if (isMine && (reason === 'declined' || reason === 'cancelled' || reason === 'left')) return `${reason}ByMe`;
  return reason;
}
