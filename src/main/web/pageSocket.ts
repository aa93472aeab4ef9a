import type { WebSocket } from 'ws';
import { decodeFrame, type Frame, framePartsOf } from '../../shared/contract/frames';
import { PAGE_CLOSED_CODE } from '../../shared/contract/pageSocket';
import type { PageConnection, PageHub } from '../../backend/pages/PageHub';

/** What may wait for a page that does not read, in bytes: one that is slow has a few blocks, one that hangs comes back by itself. */
const MAX_UNSENT_BYTES = 256 * 1024 * 1024;

/**
 * Carries the contract between one page's WebSocket and the hub, until the socket closes.
 * @param name what the page calls itself, `null` for one that has no name
 * @returns the page as the hub knows it
 */
export function servePageSocket(socket: WebSocket, hub: PageHub, name: string | null): PageConnection {
  const send = (frame: Frame): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
      socket.terminate();
      return;
    }
    const parts = framePartsOf(frame);
    if (typeof parts === 'string') {
      socket.send(parts);
      return;
    }
    // One message in two fragments: put together here, the bytes would have to be copied.
    socket.send(parts.head, { binary: true, fin: false });
    socket.send(parts.bytes, { binary: true, fin: true });
  };
  const page = hub.connect((event, body) => {
    send({ kind: 'event', name: event, body });
  }, name);
  socket.on('message', (data, isBinary) => {
    const bytes = data as Buffer; // `binaryType` stays "nodebuffer", the one kind that ws then delivers
    const frame = decodeFrame(isBinary ? bytes : bytes.toString('utf8'));
    if (frame?.kind !== 'request') {
      socket.close(1002);
      return;
    }
    void page.request(frame.name, frame.body).then((body) => {
      send({ kind: 'outcome', id: frame.id, body });
    });
  });
  socket.on('close', (code) => {
    if (code === PAGE_CLOSED_CODE) page.disconnect();
    else page.lose();
  });
  // A close event follows every error, and that is where the page is given up.
  socket.on('error', () => undefined);
  return page;
}
