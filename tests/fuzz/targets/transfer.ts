import fc from 'fast-check';
import { HitherError } from '../../../src/shared/errors';
import { EngineMessage, ManifestEntry } from '../../../src/shared/protocol/transfer';
import { BLOCK_BYTES } from '../../../src/shared/transfer/blocks';
import { LocalNames, WINDOWS_NAMES } from '../../../src/shared/transfer/manifest/LocalNames';
import { ManifestCheck } from '../../../src/shared/transfer/manifest/names';
import { BlockAssembler, packetsOf } from '../../../src/shared/transfer/packets';
import { BlockReader } from '../../../src/main/node/lanes/BlockReader';
import { BufferPool } from '../../../src/main/node/lanes/BufferPool';
import { TransferService } from '../../../src/backend/transfers/TransferService';
import { fuzzTarget } from '../fuzzTarget';
import { mutatedBytes, mutatedText, mutatedValue } from '../mutate';
import { NodeFiles } from '../../../src/main/node/files/NodeFiles';
import { sha256 } from '../../support/transfer/memory';
import { nodePorts } from '../../support/transfer/nodePorts';
import { featureSession, receiveSettings, trustingNobody } from '../../support/transfer/featureSession';
import { id, transferMessages } from './samples';

const SESSION = 'f'.repeat(32);
const MALLORY = featureSession(SESSION, '6'.repeat(32), 'Mallory');
const bytes = Uint8Array.from({ length: 5000 }, (_, index) => index);
const block = { streamNo: 1, fileIndex: 0, blockIndex: 0, bytes, digest: sha256(bytes) };
/** Copied one by one: all of them come in the same memory. */
const packets = Array.from(packetsOf(block, 2048), (packet) => packet.slice());

/** The same block as a socket brings it: a length, and one packet; before and behind it a sign of life. */
const whole = Array.from(packetsOf(block, BLOCK_BYTES + 1024), (packet) => packet.slice())[0]!;
const length = Buffer.alloc(4);
length.writeUInt32BE(whole.length);
const laneStream = Uint8Array.from([0, 0, 0, 0, ...length, ...whole, 0, 0, 0, 0]);
const lanePool = new BufferPool(BLOCK_BYTES, 4);

/** A block's packets in order, one of them changed, and any after that. */
const stream = fc
  .tuple(fc.nat(packets.length), mutatedBytes(packets), fc.array(mutatedBytes(packets), { maxLength: 3 }))
  .map(([before, changed, after]) => [...packets.slice(0, before), changed, ...after]);

const names = [
  'a',
  'A',
  '..',
  '.',
  '',
  'CON',
  'é',
  'e\u0301',
  'ﬁ',
  'ß',
  'SS',
  'x'.repeat(255),
  '가',
  'a:b',
  'a.',
  '\u202e',
];
const name = fc.oneof(
  fc.constantFrom(...names),
  fc.string({ unit: 'binary', maxLength: 12 }),
  mutatedText(['photo.jpg', '한글 🎉.txt']),
);
const path = fc
  .tuple(fc.array(name, { minLength: 1, maxLength: 8 }), fc.constantFrom('/', '\\'))
  .map(([parts, slash]) => parts.join(slash));
const manifest = fc.array(fc.record({ kind: fc.constantFrom('file', 'folder'), path, sizeBytes: fc.nat() }), {
  maxLength: 20,
});

/** What a name may never be on disk, said once more and in other words than the code does. */
function assertSafe(path: string): void {
  const parts = path.split('/');
  const isSafe = parts.every(
    (part) =>
      !['', '.', '..'].includes(part) &&
      !/[\\:\p{Cc}\u202a-\u202e]|[. ]$/u.test(part) &&
      Buffer.byteLength(part) <= 255,
  );
  if (!isSafe || path.normalize('NFC') !== path)
    throw new Error(`unsafe name taken: ${JSON.stringify(path)}`);
}

/** A backend's transfers without a disk: nobody ever accepts. */
function transferService(): TransferService {
  const service = new TransferService({
    ...nodePorts,
    files: new NodeFiles(null),
    emit: () => undefined,
    ...trustingNobody,
    send: () => undefined,
    settings: () => receiveSettings('/nonexistent'),
    reveal: () => Promise.resolve(),
  });
  service.opened(MALLORY);
  void service.handlers['lanes:open']({ sessionId: SESSION, laneId: 'lane', maxPacketBytes: 65_536 }, 'page');
  return service;
}

const service = transferService();
/** Transfers never seen before, so that each exchange begins anew. */
let conversations = 0;

/** What a peer says and sends in a transfer: names, messages in any order, packets. */
export const transferTargets = [
  fuzzTarget({
    name: 'manifests',
    inputs: manifest,
    parse: (entries) => {
      const parsed = ManifestEntry.array().safeParse(entries);
      const check = new ManifestCheck();
      const names = new LocalNames(WINDOWS_NAMES);
      for (const entry of parsed.data ?? [])
        if (check.faultOf(entry) === null) assertSafe(names.pathOf(entry.path));
    },
  }),
  fuzzTarget({
    name: 'packets',
    inputs: stream,
    parse: (stream) => {
      const assembler = new BlockAssembler();
      for (const packet of stream) {
        const done = assembler.push(packet);
        if (done && done.bytes.length > 1024 * 1024) throw new Error('too much');
      }
    },
  }),
  fuzzTarget({
    name: 'bytes of a LAN lane',
    inputs: fc.tuple(mutatedBytes([laneStream]), fc.array(fc.nat(6000), { maxLength: 4 })),
    parse: ([bytes, cuts]) => {
      const reader = new BlockReader(lanePool);
      let from = 0;
      for (const to of [...cuts.sort((a, b) => a - b), bytes.length]) {
        for (const { block: read, memory } of reader.push(bytes.subarray(from, to))) {
          if (read.bytes.length > BLOCK_BYTES) throw new Error('too much');
          lanePool.giveBack(memory);
        }
        from = to;
      }
      reader.close();
    },
  }),
  fuzzTarget({
    name: 'transfer conversations',
    weight: 0.2,
    inputs: fc.array(mutatedValue(transferMessages), { minLength: 1, maxLength: 8 }),
    parse: async (messages) => {
      const transferId = (++conversations % 5000).toString(16).padStart(32, '0');
      for (const message of messages) {
        const own: unknown = JSON.parse(JSON.stringify(message).replaceAll(id, transferId));
        const parsed = EngineMessage.safeParse(own);
        if (parsed.success) service.handle(MALLORY, parsed.data);
        // What a message has begun goes on before the next one comes.
        await new Promise((resolve) => setImmediate(resolve));
      }
      await service.handlers['lanes:packet']({ laneId: 'lane', bytes: packets[0]!.slice() }, 'page').catch(
        refused,
      );
    },
    close: () => service.close(),
  }),
];

function refused(error: unknown): void {
  if (!(error instanceof HitherError)) throw error;
}
