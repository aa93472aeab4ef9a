import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coturnConfig } from '../../../src/relay/coturn/coturnConfig';
import { iceServers } from '../../../src/relay/server/turnCredentials';
import { DEFAULT_SETTINGS } from '../../../src/relay/settings/RelaySettings';
import { makeTestCertificate } from '../tls/testCertificate';
import type { InternetHost } from './Internet';
import { stopProcess } from './stopProcess';

/** A real coturn on a public machine, set as the relay prints it. */
export class Coturn {
  readonly #process: ChildProcess;

  private constructor(
    process: ChildProcess,
    readonly host: InternetHost,
    /** As a relay and its coturn share it. */
    readonly secret: string,
    /** SHA-256 of its key, in base64: browsers can be told to believe it. */
    readonly keyHash: string,
  ) {
    this.#process = process;
  }

  /** @param dir where its files are put */
  static async start(host: InternetHost, dir: string): Promise<Coturn> {
    const { address, wrap } = host;
    const { certificatePem, keyPem } = makeTestCertificate({ names: [address] });
    const tls = { certFile: join(dir, 'turn-cert.pem'), keyFile: join(dir, 'turn-key.pem') };
    await writeFile(tls.certFile, certificatePem);
    await writeFile(tls.keyFile, keyPem);
    const secret = 'a secret of this test alone';
    const settings = {
      ...DEFAULT_SETTINGS,
      turn: { urls: [`turn:${address}`, `turns:${address}`], secret, ttlS: 900 },
      coturn: { ...DEFAULT_SETTINGS.coturn, tls },
    };
    const file = join(dir, 'turnserver.conf');
    await writeFile(file, coturnConfig(settings));
    const [program, ...args] = wrap(
      ...([
        'turnserver',
        '-c',
        file,
        '--pidfile',
        join(dir, 'turn.pid'),
        '--userdb',
        join(dir, 'turn.db'),
      ] as const),
    );
    const child = spawn(program, args, { stdio: 'ignore' });
    const key = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' });
    return new Coturn(child, host, secret, createHash('sha256').update(key).digest('base64'));
  }

  /** Of one way in: what a page is given. */
  servers(way: 'stun' | 'udp' | 'tcp' | 'tls'): RTCIceServer[] {
    const { address } = this.host;
    const stun = { urls: `stun:${address}` };
    if (way === 'stun') return [stun];
    const url = way === 'tls' ? `turns:${address}?transport=tcp` : `turn:${address}?transport=${way}`;
    const settings = { ...DEFAULT_SETTINGS, turn: { urls: [url], secret: this.secret, ttlS: 900 } };
    const [{ username = '', credential = '' } = {}] = iceServers(settings, Date.now()).servers;
    return [stun, { urls: url, username, credential }];
  }

  async stop(): Promise<void> {
    await stopProcess(this.#process, 'SIGKILL');
  }
}
