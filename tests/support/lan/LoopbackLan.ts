import { connect } from 'node:net';
import type { LanAccess, LanTimings } from '../../../src/main/node/lanes/LanLaneConnector';
import type { Log } from '../../../src/backend/ports';
import { silentLog } from './silentLog';

/** LAN lanes over the loopback interface, and what they logged. */
export class LoopbackLan implements LanAccess {
  mayListen = (): boolean => true;
  mayDial = (): boolean => true;
  timings: Partial<LanTimings> = { yieldMs: 300 };
  isUp = false;
  /** How often a lane came up. */
  ups = 0;
  readonly log: Log = {
    ...silentLog,
    info: (event, facts) => {
      if (event !== 'lan-lane' || (facts?.['to'] !== 'up' && facts?.['to'] !== 'down')) return;
      this.isUp = facts['to'] === 'up';
      if (this.isUp) this.ups++;
    },
  };

  addresses = (): readonly string[] => ['127.0.0.1'];

  /** Whether anyone listens on a port of this machine. */
  static async isOpen(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
  }
}
