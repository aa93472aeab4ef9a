/** Each code's sentence, with `{fact}` for its facts, and what to do about it; `null` where there is nothing to do. */
const words = {
  'name-unknown': [
    'The name {name} leads nowhere ({word}).',
    'Add an A record for it, and an AAAA record if the machine has IPv6; a new record may take an hour to be known.',
  ],
  'name-found': ['The name {name} leads to {addresses}.', null],
  'name-private': [
    'The name {name} leads to the private address {address}: from the internet nobody gets there.',
    'Let the record have the public address, unless the relay is for a private network alone.',
  ],
  'address-unreachable': [
    'Nothing answers at {address}, port {port} ({word}).',
    'Open the port in the firewall of the machine and of its provider, and see that the proxy or the relay listens there. If the address is an old one, take its record away: clients try it too.',
  ],
  'address-reachable': ['{address} answers on port {port}.', null],
  'tls-missing': [
    'Port {port} speaks no TLS ({word}), and the public address begins with https://.',
    'Give the relay --tls-cert and --tls-key, or let the proxy on this port speak TLS.',
  ],
  'certificate-expired': [
    'The certificate ran out on {validTo}.',
    'Renew it, and restart what has it open: the relay reads its files at its start.',
  ],
  'certificate-name': [
    'The certificate is for {names}, and not for {name}.',
    'Get one for the name in --public-url, or correct --public-url.',
  ],
  'certificate-chain': [
    'The certificate is not one that clients believe ({word}).',
    'Use a certificate of a public authority, and let --tls-cert or the proxy have the whole chain ("fullchain.pem"), not the certificate alone.',
  ],
  'certificate-ends-soon': [
    'The certificate runs out in {days} days, on {validTo}.',
    'See that its renewal works: authorities renew a month before the end.',
  ],
  'certificate-good': ['The certificate is good until {validTo}.', null],
  'http-failed': [
    '{url} can not be fetched ({word}).',
    'See that the proxy runs and passes on what it gets, and that nothing in between closes the connection.',
  ],
  'http-redirect': [
    '{url} sends clients elsewhere ({status}, {location}).',
    'WebSockets follow no redirect: let --public-url be the address where it ends.',
  ],
  'http-status': [
    '{url} answers {status}.',
    '502 or 504: the proxy does not reach the relay, so look at its address and port. 404: the proxy passes on another path, so look at --base-path.',
  ],
  'not-a-relay': [
    'What answers at {url} is no relay of Hither.',
    'Correct --public-url, or what the proxy passes this host and path to.',
  ],
  'relay-degraded': [
    'The relay lives and can not reach its mailboxes.',
    'Look at --redis-url, and whether Redis runs and takes the password.',
  ],
  'relay-draining': ['The relay is going down.', 'Start it again, or wait until the new one is there.'],
  'relay-alive': ['The relay answers over HTTP.', null],
  'relay-old': [
    'The relay that runs does not know this question: it is an older one.',
    'Update the relay and restart it; proxy and clock were not looked at.',
  ],
  'proxy-hides-clients': [
    'The relay trusts {trusted} proxies and gets no X-Forwarded-For: it takes everybody for one address, whose limits all share.',
    'Let the proxy add it (nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for), or start the relay without --trust-proxy if there is no proxy.',
  ],
  'proxy-trust-small': [
    '{forwarded} proxies say for whom they ask, and the relay trusts {trusted}: it takes everybody for one address, whose limits all share.',
    'Start the relay with --trust-proxy {forwarded}, if these proxies are all yours.',
  ],
  'proxy-trust-large': [
    'The relay trusts {trusted} proxies, and {forwarded} say for whom they ask: clients can pretend to be any address, so limits hold up nobody.',
    'Start the relay with --trust-proxy {forwarded}.',
  ],
  'proxy-good': ['The relay sees the addresses of its clients.', null],
  'clock-wrong': [
    "The relay's clock is {seconds} s {direction} that of this machine.",
    'Let both follow a time server (timedatectl set-ntp true): TURN credentials are good by the clock.',
  ],
  'clock-good': ['The clocks agree.', null],
  'upgrade-dropped': [
    'The proxy does not pass on WebSocket upgrades: the relay saw a plain request.',
    'nginx needs: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_read_timeout 90s; Apache needs mod_proxy_wstunnel and upgrade=websocket. Caddy needs nothing.',
  ],
  'upgrade-refused': [
    'The relay refuses the WebSocket ({status}, {reason}).',
    'origin: let --public-url have the host that clients see. address or rate: too many sockets come from here, or from behind one proxy. members or draining: come again later.',
  ],
  'upgrade-failed': [
    'No WebSocket opens at {url} ({word}).',
    'Let the proxy pass on {path} with WebSocket upgrades, whole and without a time limit below 45 s.',
  ],
  'mailbox-failed': [
    'Two members do not reach each other through a mailbox ({word}).',
    'If several relays stand behind one address, give all the same --redis-url. Else look at the log of the relay.',
  ],
  'mailbox-good': ['A mailbox passes frames both ways, there and back in {roundTripMs} ms.', null],
  'turn-none': [
    'The relay tells its members no TURN server: where two networks let no direct way through, they do not connect.',
    'Run a coturn and name it with --turn-url and --turn-secret; docs/hosting.md says how.',
  ],
  'turn-not-told': [
    'These settings have a TURN server, and the relay that runs tells of none.',
    'Restart the relay with these settings.',
  ],
  'turn-only-udp': [
    'No TURN address goes over TCP or TLS: networks that let no UDP out stay shut.',
    'Add --turn-url turn:HOST:3478?transport=tcp, and turns:HOST:5349 with a certificate.',
  ],
  'turn-good': ['{url} passes data, there and back in {roundTripMs} ms.', null],
  'turn-unreachable': [
    '{url} can not be reached ({word}).',
    'See that coturn runs, that the name leads to it, and that its port is open; UDP and TCP are opened apart.',
  ],
  'turn-silent': [
    '{url} does not answer.',
    'See that coturn runs, and that its port is open in the firewall of the machine and of its provider; UDP and TCP are opened apart.',
  ],
  'turn-certificate': [
    '{url} shows a certificate that clients do not believe ({word}).',
    'Give coturn the whole chain of a certificate for this name by --turn-cert and --turn-key, make its configuration anew and restart it.',
  ],
  'turn-nonsense': ['What answers at {url} is no TURN server.', 'Correct --turn-url, or what listens there.'],
  'turn-dtls': [
    '{url} is TURN over DTLS, which browsers do not speak.',
    'Use turns:HOST:5349?transport=tcp.',
  ],
  'turn-secret': [
    '{url} does not take the credentials of the relay ({status}).',
    'Relay and coturn must have the same secret: make the configuration anew by "relay coturn" and restart coturn.',
  ],
  'turn-clock': [
    '{url} takes credentials of the relay for run out: a clock is wrong.',
    'Let both machines follow a time server (timedatectl set-ntp true).',
  ],
  'turn-full': [
    '{url} has no room ({status}).',
    'Raise user-quota, total-quota or the range of --turn-ports, or wait until others are done.',
  ],
  'turn-refused': ['{url} refuses ({status}).', 'Make the configuration of coturn anew by "relay coturn".'],
  'turn-no-data': [
    '{url} lets members in, and nothing that they send arrives.',
    'Open the UDP ports of --turn-ports (49160 to 49759), and behind a NAT name the public address by --turn-external-ip.',
  ],
  'turn-private-address': [
    '{url} gives out the private address {address}: nobody on the internet reaches it.',
    'Name the public address by --turn-external-ip PUBLIC/PRIVATE, and make the configuration of coturn anew.',
  ],
  'turn-anybody': [
    '{url} serves anybody without credentials: strangers send their traffic through it.',
    'Make the configuration of coturn anew by "relay coturn": it sets use-auth-secret.',
  ],
  'turn-leads-inside': [
    '{url} leads to {peer}, which is inside: whoever has credentials reaches your machine and your network.',
    'Make the configuration of coturn anew by "relay coturn": it denies such addresses.',
  ],
  'turn-closed-inside': ['{url} leads to no private address.', null],
  'stun-silent': ['{url} does not answer.', 'Correct --stun-url, or open its port by UDP.'],
  'stun-good': ['{url} answers.', null],
} satisfies Record<string, readonly [string, string | null]>;

export type FindingCode = keyof typeof words;

/** A finding in words: what is, and what to do. */
export function wordsOf(
  code: FindingCode,
  facts: Readonly<Record<string, string | number>>,
): {
  what: string;
  todo: string | null;
} {
  const fill = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? `{${name}}`));
  const [what, todo] = words[code];
  return { what: fill(what), todo: todo === null ? null : fill(todo) };
}
