/** Words of the doctor for the way between two pages: how it does, what was tried, and what to do about it. */
export const linkCheck = {
  title: 'The way to {{name}}',
  network: 'This device and its network',
  which: 'Session',
  noLink: 'No direct connection now',
  roundTrip: 'Round trip',
  lost: 'Packets lost',
  lostUnknown: 'Measured only while a screen is shared.',
  checks: 'Test packets of the last minute',
  checksAnswered: '{{answered, number}} of {{asked, number}} answered',
  notMeasured: 'not measured',
  chart: {
    ago: '60 s ago',
    now: 'Now',
    range: '{{label}} over the last minute: now {{now}}, lowest {{least}}, highest {{most}}.',
    empty: '{{label}}: nothing measured yet.',
  },
  tried_one: 'Show the {{count, number}} way that was tried',
  tried_other: 'Show the {{count, number}} ways that were tried',
  hideTried: 'Hide what was tried',
  columns: { from: 'From here', to: 'To there', over: 'Over', state: 'Result' },
  kinds: {
    host: 'own address',
    srflx: 'address that a STUN server saw',
    prflx: 'address found on the way',
    relay: 'TURN server',
    none: 'none',
  },
  overTurn: '{{protocol}} to the TURN server',
  alike: '({{count, number}} alike)',
  states: {
    'in-use': 'In use',
    works: 'Works',
    trying: 'Waiting for an answer',
    untried: 'Not tried',
    failed: 'Failed',
    dropped: 'No longer tried',
  },
  /** Where another way is in use. */
  spare: { works: 'Works, not needed', untried: 'Not needed' },
  faults: {
    unanswered: 'Never answered',
    'one-way': 'Hears the other device, gets no answer',
    'went-silent': 'Answered, then went silent',
    'name-unresolved': 'Hidden address not found',
  },
  what: {
    direct: 'The devices are connected directly.',
    relayed: 'The connection goes through a TURN server; direct ways that did not come about: {{count}}.',
    'relayed-on-purpose': 'The connection goes through a TURN server, because your address is hidden.',
    'relayed-for-peer':
      'The connection goes through a TURN server, because the other device hides its address.',
    'no-udp': 'The TURN server is reached over TCP, as UDP does not get through. Screens may stutter.',
    slow: 'The way is slow: {{ms}} ms there and back.',
    lossy: 'Packets get lost on the way: {{percent}}%.',
    building: 'A way is being looked for…',
    'no-page': 'Hither’s window is not open on the other device. Texts and files still go.',
    'address-hidden':
      'Your address is to be hidden, and there is no TURN server that could stand in between.',
    'no-own-address': 'Hither found no network to connect by.',
    'no-peer-address': 'The other device has not said where it can be reached.',
    'names-unresolved':
      'The other device’s browser gives a name in place of its address, and this network does not find it ({{count}}).',
    'unanswered-lan': 'Nothing came back on any way in the local network ({{count}} tried).',
    'unanswered-internet': 'Nothing came back on any way over the internet ({{count}} tried).',
    'one-way': 'The other device’s packets come in, and what goes from here gets no answer ({{count}}).',
    'went-silent': 'The way worked, and then nothing came any more ({{count}}).',
    'no-turn': 'There is no TURN server to fall back on.',
    'turn-silent': 'No answer came from the TURN server in time.',
    'stun-unreachable': 'The STUN server does not answer ({{via}}).',
    'stun-unreachable-lan': 'The STUN server of the relay in this network does not answer ({{via}}).',
    'turn-unreachable': 'The TURN server does not answer ({{via}}).',
    'turn-credentials': 'The TURN server refuses the credentials ({{code}}, {{via}}).',
    'turn-refused': 'The TURN server refuses to connect these devices ({{code}}, {{via}}).',
    'turn-full': 'The TURN server has no room left ({{code}}, {{via}}).',
    'server-error': 'A {{kind}} server answered with an error ({{code}}, {{via}}).',
  },
  todo: {
    relayed: 'If it is too slow: use another network on one side, or one that both are on.',
    'no-udp': 'Allow outgoing UDP in the firewall of this network, or use another network.',
    slow: 'Use a cable, or sit closer to the Wi-Fi. Pause other downloads, and a VPN.',
    lossy: 'Use a cable, or sit closer to the Wi-Fi, and pause other downloads.',
    'no-page': 'Open Hither’s window there.',
    'address-hidden':
      'Show your address in the settings under “Beyond this network”, or add a TURN server there.',
    'no-own-address': 'Connect this machine to a network. A VPN or a browser extension may be in the way.',
    'no-peer-address':
      'Reload the window on the other device, and see whether it is on a network. If its person hides the address, they need a TURN server.',
    'names-unresolved':
      'Allow UDP port 5353 (multicast DNS) on both devices. Over the internet a STUN or TURN server helps.',
    'unanswered-lan':
      'Allow UDP for Hither and the browser in the firewalls of both devices. Guest networks often keep devices apart: use another network, or a cable.',
    'unanswered-internet':
      'The routers or firewalls let no direct connection through. A TURN server helps; so does another network on one side.',
    'one-way':
      'Allow outgoing UDP on this device and incoming UDP on the other one, in firewall and security programs.',
    'went-silent': 'The network changed or dropped the connection. Check Wi-Fi, cable and VPN on both sides.',
    'no-turn':
      'Whoever hosts the relay can add one, or add your own in the settings under “Beyond this network”.',
    'turn-silent':
      'The server is down, its address in the settings is wrong, or this network does not let it through. One over TLS (port 443) gets through most.',
    'stun-unreachable': 'The server is down, or this network lets no UDP out. A TURN server over TLS helps.',
    'stun-unreachable-lan':
      'Allow incoming UDP for Hither in the firewall of the device that runs the relay.',
    'turn-unreachable':
      'The server is down, or this network does not let it through. One over TLS (port 443) gets through most.',
    'turn-credentials':
      'Check user name and password in the settings. If they come from the relay, its host has to set the same secret in both, and the clocks.',
    'turn-refused': 'Whoever hosts the TURN server can allow these addresses.',
    'turn-full': 'Try again later. Whoever hosts the TURN server can raise its limits.',
    'server-error': 'Whoever hosts the server finds the code in its log.',
  },
};
