import { isPrivateHost } from '../../../shared/address';
import { selectedPair } from './candidatePairs';

/** The way that the packets of a peer link take. */
export interface LinkPath {
  /** `local`: straight, without leaving the network; `internet`: straight; `relay`: through a TURN server. */
  kind: 'local' | 'internet' | 'relay';
  /** What this side reaches the TURN server over; `null` where it is the other side's, or there is none. */
  via: 'udp' | 'tcp' | 'tls' | null;
}

/** One end of a pair of candidates, as browsers tell it (W3C webrtc-stats). */
interface CandidateStats {
  id: string;
  candidateType?: string;
  /** Hidden, or a `.local` name, where the peer did not tell it. */
  address?: string | null;
  relayProtocol?: string;
}

/** The path of a connection, from the pair of candidates it uses; `null` where the browser doesn't tell. */
export function linkPathOf(report: RTCStatsReport): LinkPath | null {
  const pair = selectedPair(report);
  const byId = report as unknown as ReadonlyMap<string, CandidateStats>;
  const local = byId.get(pair?.localCandidateId ?? '');
  const remote = byId.get(pair?.remoteCandidateId ?? '');
  if (!local || !remote) return null;
  if (local.candidateType === 'relay') return { kind: 'relay', via: protocolOf(local.relayProtocol) };
  if (remote.candidateType === 'relay') return { kind: 'relay', via: null };
  return { kind: isLocal(local, remote) ? 'local' : 'internet', via: null };
}

function protocolOf(told: string | undefined): LinkPath['via'] {
  return told === 'udp' || told === 'tcp' || told === 'tls' ? told : null;
}

/**
 * A peer that hides its address is near where ours needs no translation to reach it, or where the STUN server that saw us is of our
 * network itself.
 */
function isLocal(local: CandidateStats, remote: CandidateStats): boolean {
  const { address } = remote;
  if (!address || address.endsWith('.local'))
    return local.candidateType === 'host' || isPrivateHost(local.address ?? '');
  return isPrivateHost(address) || isSameSubnet(address, local.address ?? '');
}

/** Whether two IPv6 addresses share the 64 bits that a network has: both may be public ones. */
function isSameSubnet(a: string, b: string): boolean {
  return a.includes(':') && b.includes(':') && networkOf(a) === networkOf(b);
}

function networkOf(address: string): string {
  const [head = [], tail = []] = address
    .toLowerCase()
    .split('::')
    .map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
