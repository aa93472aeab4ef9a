import type { WebSocket } from 'ws';
import { decodeFrame, type Frame, framePartsOf } from '../../shared/contract/frames';
import type { PageConnection, PageHub } from '../../backend/pages/PageHub';

/** What may wait for a page that does not read, in bytes: one that is slow has a few blocks, one that hangs comes back by itself. */
const MAX_UNSENT_BYTES = 256 * 1024 * 1024;

/**
 * Carries the contract between one page's WebSocket and the hub, until the socket closes.
 * @returns the page as the hub knows it
 */
export function servePageSocket(socket: WebSocket, hub: PageHub): PageConnection {
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
  const page = hub.connect((name, body) => {
    send({ kind: 'event', name, body });
  });
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
  socket.on('close', () => {
    page.disconnect();
  });
  // A close event follows every error, and that is where the page is given up.
  socket.on('error', () => undefined);
  return page;
}
