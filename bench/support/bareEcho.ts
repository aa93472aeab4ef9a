import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

// The least a server of WebSockets can do: sends every message back. Says its port in one line, as a relay does.
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  socket.on('error', () => undefined);
  socket.on('message', (data, isBinary) => {
    socket.send(data, { binary: isBinary });
  });
});
server.once('listening', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ msg: 'relay', to: 'listening', port })}\n`);
});
