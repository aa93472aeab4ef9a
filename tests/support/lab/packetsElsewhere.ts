import { command } from './command';
import type { NetworkHost } from './Network';

/** What stays in the lab's network: its own addresses, those of the link, and multicast. */
const HERE = {
  ip: '10.83.0.0/24, 169.254.0.0/16, 224.0.0.0/4, 255.255.255.255',
  ip6: 'fd83::/64, fe80::/10, ff00::/8',
};

/** From now on every packet counts that a host sends to where the lab is not, but for questions for names; the network takes that away when it is mended. Needs nft. */
export async function countPacketsElsewhere(hosts: readonly NetworkHost[]): Promise<() => Promise<number[]>> {
  for (const { wrap } of hosts) {
    const counts = Object.entries(HERE).map(
      ([family, ranges]) => `oifname != "lo" ${family} daddr != { ${ranges} } counter;`,
    );
    // The browser asks for names of its maker's servers by itself; nothing answers, so nothing follows.
    const rules = `udp dport 53 accept; ${counts.join(' ')}`;
    const table = `table inet elsewhere { chain out { type filter hook output priority 0; ${rules} }; }`;
    const [program, ...args] = wrap('nft', table);
    await command(program, ...args);
  }
  return () =>
    Promise.all(
      hosts.map(async ({ wrap }) => {
        const [program, ...args] = wrap('nft', 'list', 'table', 'inet', 'elsewhere');
        const counted = [...(await command(program, ...args)).matchAll(/counter packets (\d+)/g)];
        if (counted.length !== Object.keys(HERE).length) throw new Error('nothing counts packets here');
        return counted.reduce((sum, [, packets]) => sum + Number(packets), 0);
      }),
    );
}
