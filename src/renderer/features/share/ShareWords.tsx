import { Sentence } from '../../i18n/Sentence';
import { useFormat } from '../../i18n/useFormat';
import type { CaptureView } from '../../state/views';

/** What is shared, with whom, and why they may not see it. */
export function ShareWords({ capture: { label, mute, watchers } }: { capture: CaptureView }) {
  const format = useFormat();
  const name = format.list(watchers.map(({ title }) => title));
  const state = watchers.length === 0 ? 'unwatched' : mute === 'none' ? 'sharing' : mute;
  return label === '' ? (
    <Sentence k={`share.${state}Unnamed`} names={{ name }} />
  ) : (
    <Sentence k={`share.${state}`} names={{ name, label }} />
  );
}
