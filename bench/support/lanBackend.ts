/*
 * One end of `bench:lan`, as a process of its own: the transfers of one session, with the parent process as what carries their messages.
 * Messages of the engine go through the parent; bytes go over the LAN lane.
 */
import type { FeatureSession } from '../../src/backend/ports';
import type { EventMap } from '../../src/shared/contract/contract';
import { Emitter } from '../../src/shared/Emitter';
import { ownAddresses } from '../../src/main/node/net/networkInterfaces';
import { FileThread } from '../../src/main/node/files/FileThread';
import { NodeFiles } from '../../src/main/node/files/NodeFiles';
import { lanLaneConnectors } from '../../src/main/node/lanes/lanLaneConnectors';
import { random } from '../../src/main/node/random';
import { sha256 } from '../../src/main/node/sha256';
import { FileStorage } from '../../src/main/node/storage/FileStorage';
import { systemClock } from '../../src/main/node/systemClock';
import { TransferService } from '../../src/backend/transfers/TransferService';
import { silentLog } from '../../tests/support/lan/silentLog';
import type { FromBackend, ToBackend } from './lanBackendMessages';

const [dir = '', profileDir = '', fileThreadPath = ''] = process.argv.slice(2);
const sessionId = '5'.repeat(32);
const page = 'page';
const session: FeatureSession = {
  sessionId,
  peer: { deviceId: '7'.repeat(32), name: 'Peer', platform: 'linux', appVersion: '0.1.0' },
  agreedFiles: null,
};
const events = new Emitter<EventMap>();
const say = (message: FromBackend): void => void process.send?.(message);

const access = {
  mayListen: () => true,
  addresses: () => ownAddresses().map(({ address }) => address),
  log: silentLog,
};
const service = new TransferService({
  emit: (name, data) => events.emit(name, data as never),
  clock: systemClock,
  random,
  sha256,
  files: new NodeFiles(new FileThread(fileThreadPath)),
  storage: profileDir === '' ? null : new FileStorage(profileDir, silentLog),
  createLaneConnector: lanLaneConnectors(access, sha256),
  log: silentLog,
  send: (_sessionId, message) => {
    if (message.type === 'lane-offer' && message.addresses.length === 0)
      throw new Error('no network address to listen on');
    say({ kind: 'message', message });
  },
  mayDial: () => true,
  mayReceiveUnasked: () => false,
  pageStanding: () => 'used',
  settings: () => ({ downloadsDir: dir, autoAcceptDir: null, autoAcceptLimitMb: 0 }),
  reveal: () => Promise.resolve(),
});
const done = new Set<string>();
events.on('transfers:changed', ({ changed }) => {
  for (const view of changed) {
    if (view.phase === 'incoming') {
      say({ kind: 'accepted' });
      void service.handlers['transfers:accept']({ transferId: view.transferId }, page);
    }
    if (view.failure) say({ kind: 'failed', code: view.failure.code });
    if (view.direction === 'receive' && view.phase === 'done' && !done.has(view.transferId)) {
      done.add(view.transferId);
      say({ kind: 'done' });
    }
  }
});
process.on('message', (message: ToBackend) => {
  switch (message.kind) {
    case 'open':
      service.opened(session);
      break;
    case 'message':
      service.handle(session, message.message);
      break;
    case 'offer': {
      const token = service.registerPath(message.path);
      const items = [{ kind: 'path-token' as const, token, path: message.name }];
      void service.handlers['transfers:offer']({ sessionId, items }, page);
      break;
    }
    case 'stop':
      void service.close().then(() => process.disconnect());
  }
});
say({ kind: 'ready' });
