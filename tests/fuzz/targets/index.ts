import type { FuzzTarget } from '../fuzzTarget';
import { discoveryTargets } from './discovery';
import { identityTargets } from './identity';
import { mailboxTargets } from './mailbox';
import { pageTargets } from './page';
import { peerTargets } from './peer';
import { relayTargets } from './relay';
import { stunTargets } from './stun';
import { transferTargets } from './transfer';

/** Every parser that faces a peer, a relay, a page, the network or the profile. */
export function fuzzTargets(): FuzzTarget[] {
  return [
    ...peerTargets,
    ...transferTargets,
    ...relayTargets,
    ...mailboxTargets,
    ...stunTargets,
    ...pageTargets(),
    ...discoveryTargets(),
    ...identityTargets,
  ];
}
