import { describe, expect, it } from 'vitest';
import { MAILBOX_DEFAULTS } from '../../../../src/relay/mailboxes/limits';
import type { MailboxMember } from '../../../../src/relay/mailboxes/MailboxStore';
import { MemoryStore } from '../../../../src/relay/mailboxes/MemoryStore';
import { byNetwork, type CountAs } from '../../../../src/shared/network/countAs';
import { encodeRelayData, readRelayFrame } from '../../../../src/shared/protocol/relay';

const KIB = 1024;
/** What a frame of so many bytes is counted as, with what it costs beside them. */
const FRAME_BYTES = 10 * KIB - 256;

/** A store with room for ten frames in all, four of them of one address. */
function smallStore(countAs: CountAs = byNetwork, inAllKib = 100) {
  const store = new MemoryStore({
    ...MAILBOX_DEFAULTS,
    waitingBytesInAll: inAllKib * KIB,
    waitingBytesPerAddress: 40 * KIB,
  });
  /** A member of a mailbox, which counts what it is given. */
  const member = async (address: string, mailbox: string, side = address) => {
    const told = { numbers: [] as number[], ends: [] as string[], epochs: [] as string[] };
    const one: MailboxMember = {
      countedAs: countAs(address),
      handleFrame: (frame) => told.numbers.push(readRelayFrame(frame)?.number ?? 0),
      handleAck: () => undefined,
      handlePeer: (_, epoch) => told.epochs.push(epoch),
      handleRepeat: () => undefined,
      handleEnd: (reason) => told.ends.push(reason),
    };
    const { place, epoch } = await store.join(mailbox, side, null, one);
    place.start();
    let sent = 0;
    const send = (count = 1): void => {
      for (let n = 0; n < count; n++)
        place.append(++sent, encodeRelayData(1, sent, new Uint8Array(FRAME_BYTES - 9)));
    };
    return { ...told, place, epoch, send };
  };
  return { store, member };
}

describe('frames that wait in memory', () => {
  it('of one address for nobody make room for what comes from it, and leave the others their room', async () => {
    const { store, member } = smallStore();
    const ends: string[][] = [];
    for (let n = 0; n < 64; n++) {
      const flood = await member('192.0.2.66', `m${String(n)}`);
      flood.send(4);
      ends.push(flood.ends);
    }
    expect(store.counts.waitingBytes).toBe(40 * KIB);
    expect(ends.flat()).toEqual([]);
    const anna = await member('192.0.2.1', 'ours');
    const ben = await member('192.0.2.2', 'ours');
    anna.send(3);
    expect([ben.numbers, anna.ends]).toEqual([[1, 2, 3], []]);
  });

  it('of one address for members who do not acknowledge them are bounded', async () => {
    const { store, member } = smallStore();
    const reader = await member('192.0.2.67', 'm');
    const writer = await member('192.0.2.66', 'm');
    writer.send(5);
    expect([reader.numbers, writer.ends]).toEqual([[1, 2, 3, 4], ['full']]);
    const other = await member('192.0.2.66', 'n');
    other.send();
    expect(other.ends).toEqual(['full']);
    reader.place.ack(4);
    const again = await member('192.0.2.66', 'o');
    again.send();
    expect([again.ends, store.counts.waitingBytes]).toEqual([[], 10 * KIB]);
  });

  it('of the address that has most of them go first where the room of all is used up, the oldest before the others', async () => {
    const { store, member } = smallStore();
    const quiet = await member('192.0.2.1', 'quiet');
    quiet.send();
    const floods = [];
    for (const [index, address] of ['192.0.2.64', '192.0.2.65', '192.0.2.66'].entries())
      for (let n = 0; n < 3; n++) {
        const flood = await member(address, `m${String(index)}${String(n)}`);
        flood.send();
        floods.push(flood);
      }
    expect(store.counts.waitingBytes).toBe(100 * KIB);
    const [anna, ben] = [await member('192.0.2.3', 'ours'), await member('192.0.2.4', 'ours')];
    anna.send();
    expect([ben.numbers, anna.ends]).toEqual([[1], []]);
    // Whoever is in a mailbox that has made room begins anew, and nobody else.
    expect(floods.map(({ epochs, epoch }) => epochs.filter((each) => each !== epoch).length)).toEqual([
      ...[1, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect(quiet.epochs).toEqual([]);
    const late = await member('192.0.2.5', 'quiet');
    expect(late.numbers).toEqual([1]);
  });

  it('of one network of neighbours are bounded as well, three times as wide', async () => {
    const { member } = smallStore(
      (address) => [
        { name: address, share: 1 },
        { name: 'all', share: 3 },
      ],
      1_000,
    );
    const ends: string[][] = [];
    // Those who wait for them are there, and acknowledge nothing: nothing can make room.
    for (const address of ['a', 'b', 'c', 'd']) {
      await member(address, address, 'reader');
      const writer = await member(address, address, 'writer');
      writer.send(4);
      ends.push(writer.ends);
    }
    expect(ends).toEqual([[], [], [], ['full']]);
  });

  it('are refused where nothing can make room, and a member that comes back finds what it was sent', async () => {
    const { member } = smallStore();
    const all = [];
    for (let n = 0; n < 5; n++) {
      await member(`192.0.2.${String(n)}`, `m${String(n)}`, 'reader');
      all.push(await member(`198.51.100.${String(n)}`, `m${String(n)}`, 'writer'));
    }
    for (const one of all) one.send(2);
    expect(all.flatMap(({ ends }) => ends)).toEqual([]);
    all[0]!.send();
    expect(all[0]!.ends).toEqual(['unavailable']);
  });

  it('in the very mailbox that a frame comes to may make room for it; the frame is late then', async () => {
    const { store, member } = smallStore();
    const alone = await member('192.0.2.1', 'm');
    alone.send(5);
    expect([alone.ends, alone.epochs.length]).toEqual([[], 1]);
    expect(store.counts.waitingBytes).toBe(0);
  });
});
