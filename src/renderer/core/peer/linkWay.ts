/** How a peer is to be reached, as the session's route tells it and the person's settings allow. */
export interface LinkWay {
  /** The peer's address as its route tells it; `null` where something stands between. */
  readonly remoteAddress: string | null;
  /** Servers that may be asked; none on a LAN. */
  readonly iceServers: readonly RTCIceServer[];
}

/**
 * A way as browsers take it. Servers come from a relay, which may say anything: one that the browser refuses would keep
 * the whole connection from being made, so those are left out.
 */
export function connectionSettings({ iceServers }: LinkWay): Pick<RTCConfiguration, 'iceServers'> {
  if (isAccepted(iceServers)) return { iceServers: [...iceServers] };
  return { iceServers: iceServers.filter((server) => isAccepted([server])) };
}

function isAccepted(iceServers: readonly RTCIceServer[]): boolean {
  if (iceServers.length === 0) return true;
  try {
    new RTCPeerConnection({ iceServers: [...iceServers] }).close();
    return true;
  } catch {
    return false;
  }
}
