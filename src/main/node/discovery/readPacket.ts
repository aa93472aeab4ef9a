import { decode, type DecodedPacket } from 'dns-packet';

/** Largest mDNS message, in bytes (RFC 6762 §17). */
const MAX_PACKET_BYTES = 9000;
/**
 * Most records read of one message. Names may point to each other: a datagram of 64 KiB made for it keeps the library
 * busy for a quarter of a second, one within these limits for two milliseconds. What announces a device has a handful.
 */
const MAX_RECORDS = 100;
/** Where a DNS message counts its questions, answers, authorities and additional records: four 16-bit numbers. */
const COUNTS_OFFSET = 4;
const HEADER_BYTES = 12;

/** A DNS message from the network; `null` for what is none, or too large to be looked at. */
export function readPacket(packet: Buffer): DecodedPacket | null {
  if (packet.length < HEADER_BYTES || packet.length > MAX_PACKET_BYTES) return null;
  let records = 0;
  for (let at = COUNTS_OFFSET; at < HEADER_BYTES; at += 2) records += packet.readUInt16BE(at);
  if (records > MAX_RECORDS) return null;
  try {
    return decode(packet);
  } catch {
    return null;
  }
}
