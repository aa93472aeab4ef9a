import { StateDot } from './StateDot';

const tones = {
  dialing: 'busy',
  asking: 'busy',
  asked: 'busy',
  verifying: 'busy',
  connecting: 'busy',
  connected: 'good',
  reconnecting: 'bad',
  ended: 'idle',
} as const;

/** Where a session stands, as a dot. */
export function PhaseDot({ phase }: { phase: keyof typeof tones }) {
  return <StateDot tone={tones[phase]} />;
}
