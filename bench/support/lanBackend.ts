/*
 * One end of `bench:lan`, as a process of its own: the transfers of one session, with the parent process as the page.
 * Messages of the engine go through the parent as they go through two pages and a data channel; bytes go over the LAN lane.
 */
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
const events = new Emitter<EventMap>();
const say = (message: FromBackend): void => void process.send?.(message);

const access = {
  mayListen: () => true,
  addresses: () => ownAddresses().map(({ address }) => address),
  log: silentLog,
};
const service = new TransferService({
  emit: (name, data) => events.emit(name, data as never),
  peerOf: () => ({ deviceId: '7'.repeat(32), name: 'Peer' }),
  clock: systemClock,
  random,
  sha256,
  files: new NodeFiles(new FileThread(fileThreadPath)),
  storage: profileDir === '' ? null : new FileStorage(profileDir, silentLog),
  createLaneConnector: lanLaneConnectors(access, sha256),
  log: silentLog,
  downloadsDir: () => dir,
  reveal: () => Promise.resolve(),
});
events.on('transfers:send', ({ message }) => {
  if (message.type === 'lane-offer' && message.addresses.length === 0)
    throw new Error('no network address to listen on');
  say({ kind: 'message', message });
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
// The page's lane is there so that there is a link; it gets no blocks while the LAN lane is up.
events.on('lanes:sendBlock', () => say({ kind: 'failed', code: 'sent over the page' }));

process.on('message', (message: ToBackend) => {
  switch (message.kind) {
    case 'open':
      void service.handlers['lanes:open']({ sessionId, laneId: 'page', maxPacketBytes: 65_536 }, page);
      break;
    case 'message':
      void service.handlers['transfers:receive']({ sessionId, message: message.message }, page);
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
