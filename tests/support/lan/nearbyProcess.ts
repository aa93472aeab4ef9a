// A device in a process of its own, for tests that kill it: announces itself, prints where it is when it is ready, and
// then which devices it sees at which address, and which it lists after each change.
import { LanListener } from '../../../src/main/node/net/LanListener';
import { DEFAULT_LIMITS } from '../../../src/backend/sessions/timings';
import { NearbyService } from '../../../src/main/node/discovery/NearbyService';
import { OwnIdentity } from '../../../src/backend/trust/OwnIdentity';
import type { DeviceInfo } from '../../../src/shared/device';
import { random } from '../../../src/main/node/random';
import { newIdentity } from './identities';
import { silentLog } from './silentLog';

const [deviceId = '', name = ''] = process.argv.slice(2);
const claims = { name, platform: 'linux', appVersion: '0.1.0' } as const;
const device = (): DeviceInfo => ({ deviceId, ...claims });
const own = new OwnIdentity(newIdentity(), () => claims, random);
const onCaller = (): void => undefined;
const listener = new LanListener({
  card: device,
  reachBack: (address) => nearby.reachBack(address),
  pageKnown: () => Promise.resolve(),
  handshake: () => own.listen(),
  isKnown: () => false,
  limits: DEFAULT_LIMITS,
  log: silentLog,
  onCaller,
  firstPort: 52_100,
});
let listed = '';
const nearby: NearbyService = new NearbyService({
  device,
  listener,
  onChange: ({ devices }) => {
    const ids = devices.map((found) => found.device.deviceId).join(' ');
    if (ids === listed) return;
    listed = ids;
    process.stdout.write(`lists ${ids}\n`);
  },
  onSeen: (seenId) => {
    process.stdout.write(`sees ${seenId} at ${nearby.addressesOf(seenId)[0]?.host ?? ''}\n`);
  },
  log: silentLog,
});
process.once('SIGTERM', () => {
  void nearby.close().then(() => process.exit(0));
});
await nearby.setOn(true);
process.stdout.write(`${nearby.state().ownAddresses[0] ?? ''}\n`);
