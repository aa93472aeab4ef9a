/** What is wrong with an address as typed; the words are under `home.address.problem`. */
export type AddressProblem = 'empty' | 'spaces' | 'scheme' | 'port' | 'v6' | 'host';

const BRACKETED = /^\[([0-9a-f:.]+(?:%[\w.-]+)?)\](?::(.*))?$/i;
const IPV4_LIKE = /^[\d.]+$/;
/** Letters and digits of any script, as mDNS names have them; one label at a time keeps the pattern linear. */
const LABEL = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,62}$/u;

/**
 * Says what is wrong with `host`, `host:port`, `[v6]` or `[v6]:port` as a person types it, or `null`. The backend
 * checks again; this is here so that the answer comes while the fingers are still on the keys.
 */
export function addressProblem(typed: string): AddressProblem | null {
  const text = typed.trim();
  if (text === '') return 'empty';
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return 'scheme';
  if (/\s/.test(text)) return 'spaces';
  const bracketed = BRACKETED.exec(text);
  if (bracketed) return portProblem(bracketed[2]);
  if (text.startsWith('[')) return 'host';
  const colons = text.split(':').length - 1;
  if (colons > 1) return 'v6';
  const [host = '', port] = text.split(':');
  return isHost(host) ? portProblem(port) : 'host';
}

function isHost(host: string): boolean {
  const parts = host.split('.');
  if (!IPV4_LIKE.test(host)) return host.length <= 253 && parts.every((part) => LABEL.test(part));
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function portProblem(port: string | undefined): AddressProblem | null {
  if (port === undefined) return null;
  const isPort = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535;
  return isPort ? null : 'port';
}
