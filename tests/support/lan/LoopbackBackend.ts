import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendPorts } from '../../../src/backend/BackendPorts';
import { createBackend, type AppBackend } from '../../../src/backend/createBackend';
import type { Nearby } from '../../../src/backend/ports';
import { DEFAULT_LIMITS } from '../../../src/backend/sessions/timings';
import { fileVault } from '../../../src/backend/trust/KeyVault';
import { NodeFiles } from '../../../src/main/node/files/NodeFiles';
import { lanLaneConnectors } from '../../../src/main/node/lanes/lanLaneConnectors';
import { LanListener } from '../../../src/main/node/net/LanListener';
import { openRelaySocket } from '../../../src/main/node/net/openRelaySocket';
import { NodeEmbeddedRelay } from '../../../src/main/node/relay/NodeEmbeddedRelay';
import { LanNetwork } from '../../../src/main/node/net/LanNetwork';
import { openSettings } from '../../../src/main/node/storage/openSettings';
import { FileStorage } from '../../../src/main/node/storage/FileStorage';
import { sha256 } from '../../../src/main/node/sha256';
import { bareAddress, type LanAddress } from '../../../src/shared/address';
import { systemClock } from '../../../src/main/node/systemClock';
import { random } from './identities';
import { noProbes } from '../noProbes';
import { silentLog } from './silentLog';

/** What discovery has heard: where a device says that it is, and where it was found. */
export interface Sightings {
  named: readonly LanAddress[];
  answered: string | null;
}

/**
 * A whole backend on real sockets whose lanes may go to this very machine, and whose discovery says what a test tells it.
 * @returns the backend, where it listens, and what closes it
 */
export async function loopbackBackend(
  sightings: Sightings,
  name = 'Anna',
  ports: Partial<BackendPorts> = {},
): Promise<{ backend: AppBackend; address: string; close: () => Promise<void> }> {
  const profileDir = await mkdtemp(join(tmpdir(), 'hither-loopback-'));
  const storage = new FileStorage(profileDir, silentLog);
  const files = new NodeFiles(null);
  const downloadsDir = join(profileDir, 'downloads');
  const settings = await openSettings({
    ...{ storage, profileDir, downloadsDir, defaultName: name },
    checkFolder: (dir) => files.checkFolder(dir),
  });
  let port = 0;
  let isListening = false;
  const access = {
    mayListen: () => false,
    addresses: () => [],
    mayDial: () => true,
    log: silentLog,
  };
  const backend = await createBackend({
    ports: {
      ...{ clock: systemClock, random, sha256, storage, files, vault: fileVault, log: silentLog },
      createLaneConnector: lanLaneConnectors(access, sha256),
      network: new LanNetwork(DEFAULT_LIMITS),
      doctor: noProbes,
      createListener: (user) =>
        new LanListener({ ...user, limits: DEFAULT_LIMITS, log: silentLog, firstPort: 52_100 }),
      openRelaySocket,
      createEmbeddedRelay: (onPlace) => new NodeEmbeddedRelay({ onPlace, log: silentLog }),
      createNearby: ({ listener }): Nearby => ({
        setOn: async (isOn) => {
          // Said with every change of the settings.
          if (isOn === isListening) return;
          isListening = isOn;
          if (isOn) port = await listener.start();
          else listener.stop();
        },
        refresh: () => Promise.resolve(),
        announce: () => undefined,
        addressesOf: () => [...sightings.named],
        reachBack: () => Promise.resolve({ isSeen: false, isReached: false }),
        answersAt: (_, address) => sightings.answered === bareAddress(address),
        state: () => ({ isOn: true, devices: [], ownAddresses: [], interfaces: [], problems: [] }),
        close: () => {
          listener.stop();
          return Promise.resolve();
        },
      }),
      ...ports,
    },
    settings,
    platform: 'linux',
    appVersion: '0.1.0',
    shell: { runtime: 'headless' },
  });
  await settings.update({ nearby: true });
  await backend.start();
  const close = async (): Promise<void> => {
    await backend.close();
    await files.close();
    await rm(profileDir, { recursive: true, force: true });
  };
  return { backend, address: `127.0.0.1:${port}`, close };
}
