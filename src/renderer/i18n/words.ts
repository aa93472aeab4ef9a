import type { TFunction } from 'i18next';
import type { ErrorCode, ErrorFacts, Failure } from '../../shared/errors';
import type { EndReason } from '../../shared/protocol/endReason';
import { type FilesPurpose, folderOf } from '../../shared/protocol/purpose';
import type { PeerRights } from '../../shared/protocol/rights';
import type { NameFault } from '../../shared/transfer/manifest/names';
import { en } from './en';
import type { Format } from './format';

/** The way that a peer link takes, in words: the short ones, and with what its TURN server is reached over. */
export function pathWords(
  t: TFunction,
  path: { kind: 'local' | 'internet' | 'relay'; via: string | null },
): { short: string; exact: string } {
  const short = t(`session.path.${path.kind}`);
  if (path.via === null) return { short, exact: short };
  return { short, exact: t('session.path.relayOver', { protocol: path.via.toUpperCase() }) };
}

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
  relay: { label: 'relay' },
  left: { label: 'left' },
  neededBytes: { label: 'needed', isBytes: true },
  freeBytes: { label: 'free', isBytes: true },
  limit: { label: 'limit' },
  count: { label: 'count' },
  theirs: { label: 'theirs' },
  theirVersion: { label: 'theirs' },
  ours: { label: 'ours' },
  ourVersion: { label: 'ours' },
  detail: { label: 'detail' },
  gone: { label: 'gone' },
  now: { label: 'now' },
};

/** Failures whose `name` is that of a folder. */
const aboutFolders = new Set<ErrorCode>(['folder-missing', 'folder-read-only', 'disk-full']);

/** The words for a failure. */
export function failureWords(t: TFunction, format: Format, failure: Failure): FailureWords {
  return {
    title: t(`errors.${failure.code}.title`),
    help: t(`errors.${failure.code}.help`),
    facts: failureFacts(t, format, failure),
  };
}

function failureFacts(t: TFunction, format: Format, { code, facts }: Failure): FailureWords['facts'] {
  // What the facts of a bug name means nothing to a person.
  if (code === 'bad-request' || code === 'internal') return [];
  const { name, reason, ...others } = facts;
  const named = name !== undefined && aboutFolders.has(code) ? { ...others, folder: name } : facts;
  const words = factWords(t, format, named);
  if (code !== 'hostile-name' || !isNameFault(reason)) return words;
  return [...words, { label: t('facts.reason'), value: t(`nameFaults.${reason}`) }];
}

function isNameFault(reason: unknown): reason is NameFault {
  return typeof reason === 'string' && Object.hasOwn(en.nameFaults, reason);
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

/** What a trust mark says, or `null` where there is nothing to say of a device. */
export function trustMarkWords(
  t: TFunction,
  mark: { state: 'trusted' } | { state: 'unknown' } | { state: 'not-trusted'; trustedName: string },
): { tone: 'good' | 'bad'; label: string } | null {
  if (mark.state === 'unknown') return null;
  if (mark.state === 'trusted') return { tone: 'good', label: t('trust.trusted') };
  return { tone: 'bad', label: t('trust.notTrusted', { name: mark.trustedName }) };
}

/** What files are called in short: the first name, which may be cut, and how many stand beside it, which may not. */
export function purposeTitle(t: TFunction, purpose: FilesPurpose): { first: string; more: string | null } {
  const { names, fileCount } = purpose;
  const folder = folderOf(purpose);
  if (folder !== null)
    return { first: folder, more: fileCount === 0 ? null : t('transfers.inFolder', { count: fileCount }) };
  const [first = ''] = names;
  const moreCount = Math.max(fileCount, names.length) - 1;
  return { first, more: moreCount === 0 ? null : t('transfers.andMore', { count: moreCount }) };
}

/** Catalogue key under `ends` for the end of a session. */
export function endKey(reason: EndReason, isMine: boolean): keyof typeof en.ends {
  if (isMine && (reason === 'declined' || reason === 'cancelled' || reason === 'left'))
    return `${reason}ByMe`;
  return reason;
}

/** What may be allowed, in the order that people are told of it. */
export const RIGHTS = ['share', 'sendFiles', 'write', 'askToView'] as const satisfies (keyof PeerRights)[];

/** What somebody may do, in one list; `null` where that is nothing. @param whose the guest's, or the own one's */
export function rightsWords(
  t: TFunction,
  format: Format,
  rights: PeerRights,
  whose: 'invites.what' | 'session.guest.what',
): string | null {
  const allowed = RIGHTS.filter((right) => rights[right]).map((right) => t(`${whose}.${right}`));
  return allowed.length === 0 ? null : format.list(allowed);
}
