/** Words of the doctor: what it found, by code, and what to do about it where there is something to do. */
export const doctor = {
  title: 'Connection check',
  open: 'Check the connection',
  why: 'Why?',
  examining: 'Checking your network. This takes a few seconds…',
  again: 'Check again',
  copyReport: 'Copy report',
  reportHint: 'The report has no names and no secrets, and addresses are shortened.',
  unseen: '{{name}} did not announce itself on this network, so it could not be checked.',
  levels: { good: 'Fine', hint: 'Worth a look', bad: 'Problem' },
  allGood: 'Nothing is wrong here',
  unexplained: 'Nothing was found that explains it',
  problems_one: '{{count, number}} problem found',
  problems_other: '{{count, number}} problems found',
  what: {
    network: 'This machine is on a network: {{names}}.',
    'no-network': 'This machine is on no network.',
    vpn: 'A VPN seems to be on: {{name}}.',
    ipv6: 'There is IPv6 to the internet.',
    'ipv6-none': 'There is no IPv6 to the internet; IPv4 is enough.',
    listening: 'Other devices can call this one at port {{port}}.',
    'listening-elsewhere': 'Hither had to take the unusual port {{port}}.',
    'not-listening': 'Other devices can’t call this one: every port that Hither tried is taken.',
    'nearby-off': 'This device is hidden, so the network was not asked who is there.',
    'multicast-good': 'Searching for devices works on this machine.',
    'multicast-fails': 'Searching for devices fails on {{name}} ({{word}}).',
    'multicast-deaf':
      'What is said to all devices on {{name}} does not come back: something on this machine drops it.',
    'nobody-answers': 'No other device answered.',
    isolation: 'Devices announce themselves, and none of them answers when called ({{count}}).',
    'device-good': '{{name}} and this device reach each other ({{address}}).',
    'device-unreachable': '{{name}} announces itself at {{address}} and does not answer there ({{word}}).',
    'device-not-hither': 'At {{address}}, where {{name}} should be, somebody else answers.',
    'device-no-way-back': '{{name}} ({{address}}) answers, and can’t call this device.',
    'device-deaf': '{{name}} ({{address}}) answers, and has not heard this device announce itself.',
    'device-silent': '{{name}} ({{address}}) answers; it could not be asked about the way back.',
    'address-good': 'At {{address}} Hither answers: {{name}}.',
    'address-other': 'At {{address}} something answers that is not Hither.',
    'address-refused': 'There is a machine at {{address}}, and it turns the connection away.',
    'address-unknown': 'Nobody knows the name in {{address}}.',
    'address-silent': 'Nobody answers at {{address}} ({{word}}).',
    'firewall-linux': 'A firewall on this machine probably turns callers away.',
    'firewall-macos': 'The firewall of macOS probably turns callers away.',
    'firewall-windows': 'The Windows firewall probably turns callers away.',
    'internet-not-asked': 'The internet was not asked: nothing is set up that needs it.',
    'relay-good': 'The relay works: {{relay}}.',
    'relay-failed': 'The relay {{relay}} can’t be used ({{word}}).',
    'relay-name-unknown': 'Nobody knows the name of the relay {{relay}}.',
    'relay-unreachable': 'The relay {{relay}} can’t be reached: nothing answers there.',
    'relay-no-tls': 'The relay {{relay}} does not speak https.',
    'relay-certificate': 'The certificate of the relay {{relay}} is not valid.',
    'relay-other': 'What answers at {{relay}} is not a relay of Hither.',
    'relay-draining': 'The relay {{relay}} is going down.',
    'relay-degraded': 'The relay {{relay}} is out of order at the moment.',
    'relay-no-sockets': 'Something in front of the relay {{relay}} lets no lasting connection through.',
    'relay-refuses': 'The relay {{relay}} turns this machine away.',
    'clock-wrong': 'The clocks of this machine and of the relay differ by {{seconds}} s.',
    'stun-good': '{{url}} answers.',
    'stun-silent': '{{url}} does not answer.',
    'nat-easy': 'The router lets direct connections through.',
    'nat-hard': 'The router gives every connection another port; direct connections often fail.',
    'nat-none': 'No router changes this machine’s address.',
    'turn-good': '{{url}} passes data, there and back in {{roundTripMs}} ms.',
    'turn-failed': '{{url}} does not pass data ({{word}}).',
    'turn-none': 'There is no TURN server: some pairs of networks can’t connect without one.',
  },
  todo: {
    'no-network': 'Connect this machine to Wi-Fi, or plug in a cable.',
    vpn: 'If devices don’t find each other, pause the VPN, or allow local networks in its settings.',
    'listening-elsewhere':
      'Rules of a firewall may be for port 47117 only. Quit what uses that port (perhaps another Hither), and turn visibility off and on.',
    'not-listening': 'Quit some programs, and turn visibility off and on.',
    'nearby-off': 'Let others find this device under “Who can find and ask you” on Home, and check again.',
    'multicast-fails':
      'Allow Hither to use the local network, and UDP port 5353 in the firewall. Connecting by address works without it.',
    'multicast-deaf': 'Allow incoming UDP on port 5353 in the firewall of this machine.',
    'nobody-answers':
      'Open Hither on the other device and make it visible. Both devices must be on the same network; guest networks often hide devices from each other. Or connect by its address.',
    isolation:
      'The network probably keeps its devices apart (“client isolation”, usual for guest Wi-Fi). Use another network or a cable, or turn the isolation off in the router.',
    'device-unreachable':
      'On that device, allow Hither in the firewall. If it is on another Wi-Fi of the same router, bring both to one.',
    'device-not-hither': 'The device probably changed its address. Turn its visibility off and on.',
    'device-no-way-back':
      'Connect from this device: this direction works. To be called as well, see to the firewall of this machine.',
    'device-deaf':
      'Connect from this device, or by address from there. The network drops what this device says to all.',
    'address-good': 'Try again: it may have been busy, or just started.',
    'address-other':
      'Compare the address and the port with those that Hither shows on the other device. A Hither that is hidden answers so too: make it visible.',
    'address-refused':
      'Open Hither there, and compare the port with the one that it shows under “This device”.',
    'address-unknown': 'Check the spelling, or use the numbers that Hither shows on the other device.',
    'address-silent':
      'Check the address, that the device is on and on this network, and that its firewall allows Hither.',
    'firewall-linux':
      'Allow TCP port {{port}} and UDP port 5353, such as: sudo ufw allow {{port}}/tcp; sudo ufw allow 5353/udp',
    'firewall-macos':
      'System Settings → Network → Firewall → Options: allow incoming connections for Hither. Under Privacy & Security → Local Network, Hither must be on.',
    'firewall-windows':
      'Windows Security → Firewall → Allow an app: tick Hither for private networks, and see that this network counts as private. Port {{port}}, TCP.',
    'relay-failed':
      'Check the address of the relay. Whoever hosts it can run “npm run relay -- doctor” there.',
    'relay-name-unknown': 'Check the spelling, and whether this machine has internet.',
    'relay-unreachable':
      'Check the address and the port, and whether this machine has internet. Else the relay is down: tell whoever hosts it.',
    'relay-no-tls':
      'If the relay is one of your own network, its address begins with http://. Else tell whoever hosts it.',
    'relay-certificate':
      'Look whether the clock of this machine is right. Else tell whoever hosts the relay to renew the certificate.',
    'relay-other': 'Check the address: a path may be missing behind the name. Or ask whoever hosts it.',
    'relay-draining': 'Wait a minute and check again.',
    'relay-degraded': 'Wait a minute and check again. If it stays so, tell whoever hosts it.',
    'relay-no-sockets':
      'A proxy of this network or of the relay stops WebSockets. Try another network; if it is the same there, tell whoever hosts the relay.',
    'relay-refuses':
      'Too many connections may come from this network: wait a minute and check again. Else tell whoever hosts it.',
    'clock-wrong': 'Set the clock to automatic on this machine; else ask whoever hosts the relay.',
    'stun-silent':
      'The server is down, or this network lets no UDP out. A TURN server over TCP or TLS helps then.',
    'nat-hard': 'A TURN server helps.',
    'turn-failed':
      'Check the address and the credentials of the server. Whoever hosts it can run “npm run relay -- doctor”.',
    'turn-none': 'If a connection fails, whoever hosts the relay can add a TURN server.',
  },
};
