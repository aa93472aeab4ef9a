import './StateDot.css';

/** How something stands, as a coloured dot beside the words that say it. */
export function StateDot({ tone }: { tone: 'good' | 'busy' | 'bad' | 'idle' }) {
  return <span aria-hidden className="state-dot" data-tone={tone} />;
}
