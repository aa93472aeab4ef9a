import type { EventEmitter } from 'node:events';

/** Largest mDNS message, in bytes (RFC 6762 §17). */
const MAX_PACKET_BYTES = 9000;
/**
 * Most records taken in one message. The library compares every record with every other: 3,000 of them in one packet
 * take two seconds, a hundred about five milliseconds. What announces one device has a handful.
 */
const MAX_RECORDS = 100;
/** Where a DNS message counts its questions, answers, authorities and additional records: four 16-bit numbers. */
const COUNTS_OFFSET = 4;
const HEADER_BYTES = 12;

/** Whether a packet may be given to the library: anybody on the network can send one. */
export function isReadablePacket(packet: Uint8Array): boolean {
  if (packet.length < HEADER_BYTES || packet.length > MAX_PACKET_BYTES) return false;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  let records = 0;
  for (let at = COUNTS_OFFSET; at < HEADER_BYTES; at += 2) records += view.getUint16(at);
  return records <= MAX_RECORDS;
}

/** Keeps the other packets from whoever listens to a socket by now. */
export function passReadablePackets(socket: EventEmitter): void {
  const listeners = socket.listeners('message');
  socket.removeAllListeners('message');
  socket.on('message', (packet: Uint8Array, ...rest: unknown[]) => {
    if (!isReadablePacket(packet)) return;
    for (const listener of listeners) Reflect.apply(listener, socket, [packet, ...rest]);
  });
}
