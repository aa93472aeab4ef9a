import type { RtcSignal } from '../../../shared/protocol/links';

/** foundation component transport priority address port typ type …  (RFC 8839 §5.1) */
const CANDIDATE =
  /^candidate:\S{1,32} \d{1,3} (udp|tcp) \d{1,10} (\S{1,253}) \d{1,5} typ (host|srflx|prflx|relay)\b.*$/i;

/**
 * What to hand simple-peer for one signal of the peer's. Malformed candidates are left out, because one of them would
 * destroy the link. A page that was never granted a camera hides its addresses behind `.local` names, which only
 * multicast resolves; such a candidate also comes with the address that the session's route has.
 * @param remoteAddress the peer's address as its route tells it, or `null` where something stands between
 */
export function usableSignals(signal: RtcSignal, remoteAddress: string | null): RtcSignal[] {
  if (signal.type === 'offer' || signal.type === 'answer') {
    return [{ ...signal, sdp: withRealAddresses(signal.sdp, remoteAddress) }];
  }
  if (signal.type !== 'candidate') return [signal];
  if (!CANDIDATE.test(signal.candidate.candidate)) return [];
  const real = realCandidate(signal.candidate.candidate, remoteAddress);
  if (real === null) return [signal];
  return [{ type: 'candidate', candidate: { ...signal.candidate, candidate: real } }, signal];
}

function withRealAddresses(sdp: string, remoteAddress: string | null): string {
  return sdp.replace(/^a=(candidate:.*?)(\r?\n)/gm, (line, candidate: string, end: string) => {
    const real = realCandidate(candidate, remoteAddress);
    return real === null ? line : `a=${real}${end}${line}`;
  });
}

function realCandidate(candidate: string, remoteAddress: string | null): string | null {
  const address = CANDIDATE.exec(candidate)?.[2];
  if (!remoteAddress || !address?.toLowerCase().endsWith('.local')) return null;
  return candidate.replace(address, remoteAddress);
}

/**
 * A signal of this side's as a peer may see it that is to learn no address but the TURN server's; `null` for one that is about nothing
 * else. Browsers leave the others out by themselves where they are told to (`iceTransportPolicy`): this is the second lock.
 */
export function withoutAddresses(signal: RtcSignal): RtcSignal | null {
  if (signal.type === 'candidate') {
    const candidate = relayedOnly(signal.candidate.candidate);
    return candidate === null ? null : { type: 'candidate', candidate: { ...signal.candidate, candidate } };
  }
  if (signal.type !== 'offer' && signal.type !== 'answer') return signal;
  return { ...signal, sdp: sdpWithoutAddresses(signal.sdp) };
}

/** An SDP of this side's with the candidates of TURN servers alone. */
export function sdpWithoutAddresses(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*?)(\r?\n)/gm, (_, candidate: string, end: string) => {
    const relayed = relayedOnly(candidate);
    return relayed === null ? '' : `a=${relayed}${end}`;
  });
}

/** Behind `raddr` stands the address that the TURN server sees. */
function relayedOnly(candidate: string): string | null {
  if (CANDIDATE.exec(candidate)?.[3]?.toLowerCase() !== 'relay') return null;
  return candidate.replace(/ raddr \S+ rport \S+/g, ' raddr 0.0.0.0 rport 0');
}

/** What ICE of an SDP is known by: one name for each restart (RFC 8839 §4.4). */
export function ufragOf(sdp: string): string | null {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? null;
}

/**
 * Whether a candidate belongs to an ICE that has been restarted since: browsers may refuse it, which destroys the link.
 * @param ufrag of the peer's last description
 */
export function isOutdated(candidate: string, ufrag: string | null): boolean {
  const own = / ufrag (\S+)/.exec(candidate)?.[1];
  return own !== undefined && ufrag !== null && own !== ufrag;
}
