import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { isPrivateAddress } from '../server/isPrivateAddress';
import { readIceUrl } from '../turn/iceUrl';
import type { RelaySettings } from './RelaySettings';

/** Shortest TURN secret: below it, credentials that were seen once can be tried out. */
const MIN_SECRET_LENGTH = 16;

/** A sentence for each thing in the settings that can't be, or that would make the relay less safe than it looks. */
export function settingsProblems(settings: RelaySettings): string[] {
  return [
    ...placeProblems(settings),
    ...tlsProblems(settings),
    ...publicUrlProblems(settings),
    ...iceProblems(settings),
    ...coturnProblems(settings),
    ...redisProblems(settings),
    ...limitProblems(settings),
  ];
}

function* placeProblems({ basePath, host, metricsToken }: RelaySettings): Generator<string> {
  if (isIP(host) === 0 && !/^[a-z0-9.-]+$/i.test(host))
    yield `--host is an address or a name, without brackets or port, not ${host}.`;
  if (basePath !== '' && !/^(\/[A-Za-z0-9._~-]+)+$/.test(basePath))
    yield `--base-path begins with a slash and has letters, digits and -._~ alone, not ${basePath}.`;
  if (metricsToken !== null && metricsToken.length < MIN_SECRET_LENGTH)
    yield `--metrics-token has at least ${MIN_SECRET_LENGTH} characters.`;
}

function* tlsProblems({ tls }: RelaySettings): Generator<string> {
  if (tls === null) return;
  try {
    const certificate = new X509Certificate(tls.cert);
    if (!certificate.checkPrivateKey(createPrivateKey(tls.key)))
      yield '--tls-key is not the key of the certificate in --tls-cert.';
    if (Date.parse(certificate.validTo) < Date.now())
      yield `The certificate in --tls-cert has run out: ${certificate.validTo}.`;
  } catch {
    yield '--tls-cert and --tls-key are a certificate and its unencrypted private key, both PEM.';
  }
}

function* publicUrlProblems({ publicUrl, tls, trustedProxies }: RelaySettings): Generator<string> {
  if (publicUrl === null) return;
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    yield `--public-url is an address that begins with https:// or http://, not ${publicUrl}.`;
    return;
  }
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    yield '--public-url has no user, no query and no fragment.';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isNear = host === 'localhost' || host.endsWith('.local') || isPrivateAddress(host);
  if (url.protocol === 'http:' && !isNear)
    yield '--public-url must be https:// outside of a private network: what a page loads over http:// anybody can change.';
  if (url.protocol === 'https:' && tls === null && trustedProxies === 0)
    yield 'With an https:// --public-url, either --tls-cert and --tls-key or --trust-proxy N must say who speaks TLS.';
}

function* iceProblems({ stunUrls, turn }: RelaySettings): Generator<string> {
  for (const url of stunUrls)
    if (readIceUrl(url)?.kind !== 'stun' || !url.startsWith('stun:'))
      yield `--stun-url is like stun:HOST:3478, not ${url}.`;
  for (const url of turn?.urls ?? [])
    if (readIceUrl(url)?.kind !== 'turn')
      yield `--turn-url is like turn:HOST:3478 or turns:HOST:5349?transport=tcp, not ${url}.`;
  if (turn !== null && turn.secret.length < MIN_SECRET_LENGTH)
    yield `--turn-secret has at least ${MIN_SECRET_LENGTH} characters: who guesses it uses the TURN server for anything.`;
  if (stunUrls.length > 4 || (turn?.urls.length ?? 0) > 8)
    yield 'Members are told at most four STUN servers and eight addresses of TURN servers.';
}

function* coturnProblems({ coturn }: RelaySettings): Generator<string> {
  const { externalAddresses, allowedPeers, ports } = coturn;
  for (const address of externalAddresses)
    if (address.split('/').length > 2 || !address.split('/').every((part) => isIP(part) !== 0))
      yield `--turn-external-ip is PUBLIC or PUBLIC/PRIVATE, two addresses, not ${address}.`;
  for (const range of allowedPeers)
    if (range.split('-').length > 2 || !range.split('-').every((part) => isIP(part) !== 0))
      yield `--turn-allowed-peer is an address or FROM-TO, not ${range}.`;
  if (!(ports.min >= 1024 && ports.min <= ports.max && ports.max <= 65_535))
    yield '--turn-ports are from 1024 to 65535, the lower one first.';
}

function* redisProblems({ redis }: RelaySettings): Generator<string> {
  if (redis === null) return;
  if (!URL.canParse(redis.url) || !/^rediss?:$/.test(new URL(redis.url).protocol))
    yield '--redis-url begins with redis:// or rediss://.';
  if (!/^[\x21-\x7e]{1,64}$/.test(redis.prefix))
    yield '--redis-prefix has 1 to 64 visible ASCII characters, no spaces.';
}

function* limitProblems({ limits, mailboxes }: RelaySettings): Generator<string> {
  if (mailboxes.waitingBytes < limits.frameBytes)
    yield `--waiting-bytes must hold a frame of --max-frame-bytes, which are ${limits.frameBytes}.`;
  if (mailboxes.waitingBytesInAll < mailboxes.waitingBytes)
    yield '--waiting-megabytes must hold the --waiting-bytes of one member.';
  if (mailboxes.waitingBytesPerAddress < mailboxes.waitingBytes)
    yield '--waiting-megabytes-per-address must hold the --waiting-bytes of one member.';
  if (limits.bytesPerSecond * 4 < limits.frameBytes)
    yield '--bytes-per-second must be at least a quarter of --max-frame-bytes, or the largest frame never passes.';
}
