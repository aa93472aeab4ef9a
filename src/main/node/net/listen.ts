import type { Server } from 'node:net';

/**
 * Listens on one host and port (0 for any); resolves with the port.
 * @throws Error of the system, as EADDRINUSE; the server may then be told to listen elsewhere
 */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: Error): void => {
      server.off('listening', listening);
      reject(error);
    };
    const listening = (): void => {
      server.off('error', failed);
      resolve();
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen({ host, port, exclusive: true });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
