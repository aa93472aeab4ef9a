import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { HitherError } from '../../../shared/errors';
import { LAN_PORT } from '../../../shared/protocol/lan';

/** Where a LAN listener is. `host` is a name, an IPv4 or an IPv6 address without brackets, perhaps with a zone. */
export interface LanAddress {
  host: string;
  port: number;
}

const HOST_NAME =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/;

/**
 * Reads `host`, `host:port`, `[v6]`, `[v6]:port` or a bare IPv6 address as a person types it.
 * @throws HitherError `bad-address`
 */
export function parseLanAddress(text: string): LanAddress {
  const trimmed = text.trim();
  if (isIPv6(trimmed)) return { host: trimmed, port: LAN_PORT };
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(trimmed);
  const port = match?.[3] === undefined ? LAN_PORT : Number(match[3]);
  const typed = match?.[2] ?? '';
  const host = match?.[1] ?? (isIPv4(typed) ? typed : nameOf(typed));
  const isHost = match?.[1] === undefined ? host !== '' : isIPv6(host);
  if (!isHost || port < 1 || port > 65_535) throw new HitherError('bad-address', { address: trimmed });
  return { host, port };
}

/**
 * A host name as the resolver wants it, or empty where it is none. Looked at before it is converted: conversion drops
 * a path, and makes addresses of numbers. A name whose last label is a number is a mistyped IPv4 address.
 */
function nameOf(typed: string): string {
  if (!/^[\p{L}\p{M}\p{N}._-]+$/u.test(typed) || /(^|\.)\d+\.?$/.test(typed)) return '';
  const name = domainToASCII(typed).toLowerCase();
  return HOST_NAME.test(name) ? name : '';
}

/** `host:port` with brackets where IPv6 needs them, and without the zone, which means nothing elsewhere. */
export function formatLanAddress({ host, port }: LanAddress): string {
  return isIPv6(host) ? `[${withoutZone(host)}]:${port}` : `${host}:${port}`;
}

/** The address of a socket's other end as people write it: IPv4 unwrapped from IPv6, no zone. */
export function bareAddress(address: string | undefined): string {
  const bare = withoutZone(address ?? '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  return mapped ?? bare;
}

function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? '';
}

/** What limits count as one caller: an IPv4 address, or a /64 of IPv6, which one machine has to itself. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(Math.max(0, missing)).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
