/*
 * One backend's transfers in a process of its own, for tests that kill it: its parent is the page, over the contract's
 * requests and events. Told by its arguments: profile, downloads folder, device id of the peer, script of the thread for files.
 */
import { FileThread } from '../../../src/main/node/files/FileThread';
import { NodeFiles } from '../../../src/main/node/files/NodeFiles';
import { TransferService } from '../../../src/backend/transfers/TransferService';
import { dispatch, type RequestHandlers } from '../../../src/shared/contract/backend';
import { EngineMessage } from '../../../src/shared/protocol/transfer';
import { featureSession, receiveSettings, trustingNobody } from './featureSession';
import { nodePorts, storageIn } from './nodePorts';

/** What the parent says; `openSession`, `message`, `endSession` and `registerPath` stand for sessions and preload. */
export type ToTransferProcess =
  | { type: 'request'; id: number; name: string; args: unknown }
  | { type: 'openSession'; id: number; sessionId: string }
  | { type: 'endSession'; id: number; sessionId: string }
  | { type: 'message'; id: number; sessionId: string; message: unknown }
  | { type: 'registerPath'; id: number; path: string };
/** What it answers and tells; `value` of `ready` and `endSession` is nothing. */
export type FromTransferProcess =
  | { type: 'ready' }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'event'; name: string; data: unknown }
  | { type: 'message'; sessionId: string; message: unknown };

const [profileDir = '', downloadsDir = '', peerId = '', fileThreadPath = ''] = process.argv.slice(2);
const say = (message: FromTransferProcess): void => void process.send?.(message);

const service = new TransferService({
  ...nodePorts,
  storage: storageIn(profileDir),
  files: new NodeFiles(new FileThread(fileThreadPath)),
  emit: (name, data) => say({ type: 'event', name, data }),
  ...trustingNobody,
  send: (sessionId, message) => say({ type: 'message', sessionId, message }),
  settings: () => receiveSettings(downloadsDir),
  reveal: () => Promise.resolve(),
});
// Only what is about transfers is asked of it.
const handlers = service.handlers as RequestHandlers;

process.on('message', (message: ToTransferProcess) => {
  void answer(message).then((value) => say({ type: 'answer', id: message.id, value }));
});

async function answer(message: ToTransferProcess): Promise<unknown> {
  if (message.type === 'openSession') {
    service.opened(featureSession(message.sessionId, peerId, 'Peer'));
    return null;
  }
  if (message.type === 'endSession') {
    service.closed(featureSession(message.sessionId, peerId, 'Peer'));
    return null;
  }
  if (message.type === 'message') {
    const session = featureSession(message.sessionId, peerId, 'Peer');
    service.handle(session, EngineMessage.parse(message.message));
    return null;
  }
  if (message.type === 'registerPath') return service.registerPath(message.path);
  return dispatch(handlers, 'page', message.name, message.args, (error) =>
    process.stderr.write(`${String(error)}\n`),
  );
}

await service.load();
say({ type: 'ready' });
