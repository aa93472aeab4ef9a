import { parseRelayUrl } from '../../../shared/protocol/relayUrl';

/** What is wrong with the address of a relay as typed; the words are under `settings.beyond.problem`. */
export type RelayProblem = 'scheme' | 'parts' | 'host';

/** Says what is wrong with the address of a relay, or `null`, also where none is typed. */
export function relayProblem(typed: string): RelayProblem | null {
  const text = typed.trim();
  if (text === '' || parseRelayUrl(text) !== null) return null;
  if (/^(?!https?:)[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'scheme';
  return /[?#@]/.test(text) ? 'parts' : 'host';
}
