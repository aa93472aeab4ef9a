import { EventEmitter } from 'node:events';
import { BlockList } from 'node:net';
import { Bonjour } from 'bonjour-service';
import {
  Announcement,
  instanceName,
  SERVICE_TYPE,
  txtRecord,
} from '../../../src/main/node/discovery/advertisement';
import { passReadablePackets } from '../../../src/main/node/discovery/readablePackets';
import { sightedAddresses } from '../../../src/main/node/discovery/sightedAddresses';
import { DeviceInfo } from '../../../src/shared/device';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedValue } from '../mutate';
import { device, id } from './samples';

/** Stands for the multicast socket: keeps what is sent, and brings what the fuzzer makes of it. */
class FakeSocket extends EventEmitter {
  readonly sent: Uint8Array[] = [];

  send(message: Uint8Array, ...rest: unknown[]): void {
    if (this.sent.length < 20) this.sent.push(Uint8Array.from(message));
    const done = rest.at(-1);
    if (typeof done === 'function') (done as () => void)();
  }

  close(done?: () => void): void {
    done?.();
  }
}

const own = { name: 'eth0', family: 'IPv4', address: '192.168.0.5', zone: 'eth0' };
const subnets = new BlockList();
subnets.addSubnet('192.168.0.0', 16);

function take(service: unknown): void {
  const announcement = Announcement.safeParse(service);
  if (!announcement.success) return;
  const addresses = sightedAddresses(
    announcement.data,
    own as Parameters<typeof sightedAddresses>[1],
    subnets,
  );
  if (addresses.length > 6) throw new Error('too many addresses');
}

const socketOptions = (socket: FakeSocket): object => ({
  socket,
  type: 'udp4',
  ip: '224.0.0.251',
  bind: false,
  multicast: false,
});

/** Packets as the library sends them: a question, an announcement, a goodbye. */
async function recordedPackets(): Promise<Uint8Array[]> {
  const socket = new FakeSocket();
  const bonjour = new Bonjour(socketOptions(socket), () => undefined);
  bonjour.find({ type: SERVICE_TYPE });
  bonjour.publish({
    name: instanceName(id),
    type: SERVICE_TYPE,
    port: 47_117,
    txt: txtRecord(DeviceInfo.parse(device)),
    probe: false,
  });
  // The library announces after a moment of its own, and says goodbye after another.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await new Promise<void>((resolve) => {
    bonjour.unpublishAll(() => resolve());
    setTimeout(resolve, 300);
  });
  bonjour.destroy();
  return socket.sent;
}

/** What arrives from the network by mDNS, through the library that reads it. */
export async function discoveryTargets() {
  const packets = await recordedPackets();
  if (packets.length < 3) throw new Error('the library sent nothing to learn from');
  const socket = new FakeSocket();
  const bonjour = new Bonjour(socketOptions(socket), () => undefined);
  passReadablePackets(socket);
  const browse = () => {
    const browser = bonjour.find({ type: SERVICE_TYPE });
    for (const event of ['up', 'down', 'srv-update', 'txt-update'] as const) browser.on(event, take);
    return browser;
  };
  let browser = browse();
  const referer = { address: '192.168.0.9', family: 'IPv4', port: 5353, size: 100 };
  const service = { txt: { id }, port: 47_117, addresses: ['192.168.0.9', 'fe80::1'], referer };
  return [
    fuzzTarget({
      name: 'mDNS packets',
      inputs: mutatedBytes(packets),
      parse: (packet) => {
        socket.emit('message', Buffer.from(packet), referer);
        if (browser.services.length <= 1024) return;
        browser.stop();
        browser = browse();
      },
      close: () => bonjour.destroy(),
    }),
    fuzzTarget({ name: 'mDNS announcements', inputs: mutatedValue([service]), parse: take }),
  ];
}
