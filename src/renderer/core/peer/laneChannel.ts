/** Largest packet on a lane, in bytes: what Chromium's SCTP takes in one message. */
const MAX_PACKET_BYTES = 256 * 1024;
/** Id of the lane's data channel, agreed beforehand; far from the ids that browsers hand out by themselves. */
const LANE_CHANNEL_ID = 100;
const PROBE_CHANNEL_ID = 101;

/** A connection with a data channel that carries packets. */
export interface LaneLink {
  readonly laneChannel: RTCDataChannel;
  /** Largest packet that the channel takes, in bytes. */
  readonly maxPacketBytes: number;
}

/** Makes the data channel of a connection's lane; the other side makes its own with the same id. */
export function makeLaneChannel(connection: RTCPeerConnection): RTCDataChannel {
  const channel = connection.createDataChannel('lane', { negotiated: true, id: LANE_CHANNEL_ID });
  channel.binaryType = 'arraybuffer';
  return channel;
}

/** Makes the channel that a peer link's delay is measured on: what is late or lost there is never sent again. */
export function makeProbeChannel(connection: RTCPeerConnection): RTCDataChannel {
  const options = { negotiated: true, id: PROBE_CHANNEL_ID, ordered: false, maxRetransmits: 0 };
  const channel = connection.createDataChannel('probe', options);
  channel.binaryType = 'arraybuffer';
  return channel;
}

/** Largest packet that a connection takes, in bytes. @param connection `null` for one that is gone */
export function maxPacketBytesOf(connection: RTCPeerConnection | null): number {
  return Math.min(connection?.sctp?.maxMessageSize ?? MAX_PACKET_BYTES, MAX_PACKET_BYTES);
}
