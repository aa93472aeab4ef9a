import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { LanAddress } from '../../../shared/address';
import { HitherError } from '../../../shared/errors';
import { LAN_PORT } from '../../../shared/protocol/lan';

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
