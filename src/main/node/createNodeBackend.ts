import type { BackendPorts } from '../../backend/BackendPorts';
import { type AppBackend, createBackend } from '../../backend/createBackend';
import type { ShellPorts } from '../../backend/pages/shellPorts';
import type { CreateLaneConnector, Log } from '../../backend/ports';
import { DEFAULT_LIMITS } from '../../backend/sessions/timings';
import type { SettingsStore } from '../../backend/settings/SettingsStore';
import { fileVault, type KeyVault } from '../../backend/trust/KeyVault';
import { NearbyService } from './discovery/NearbyService';
import { NodeProbes } from './doctor/NodeProbes';
import { FileThread } from './files/FileThread';
import { NodeFiles } from './files/NodeFiles';
import { lanLaneConnectors } from './lanes/lanLaneConnectors';
import { LanListener } from './net/LanListener';
import { LanNetwork } from './net/LanNetwork';
import { isLinkLocal, ownAddresses } from './net/networkInterfaces';
import { openRelaySocket } from './net/openRelaySocket';
import { NodeEmbeddedRelay } from './relay/NodeEmbeddedRelay';
import { random } from './random';
import { sha256 } from './sha256';
import { FileStorage } from './storage/FileStorage';
import { openSettings } from './storage/openSettings';
import { type OpenHandedLink, ProfileLock } from './storage/ProfileLock';
import { systemClock } from './systemClock';
import { defaultDeviceName, platformOf } from './thisDevice';

export interface NodeBackendOptions {
  /** Absolute path; made where it is missing. */
  profileDir: string;
  /** For this run only, in place of the settings'. */
  name?: string | undefined;
  downloadsDir?: string | undefined;
  /** Runs a relay on this port, 0 for any free one. */
  relayPort?: number | undefined;
  appVersion: string;
  /** Absolute path of `fileThreadEntry`, built; without it small files are handled as large ones are, which is slower. */
  fileThreadPath?: string;
  /** Where the secret key of a new profile goes; without one it is in a file that only its owner can read. */
  keyVault?: KeyVault;
  shell: ShellPorts;
  /** Gets links of invites that later starts on this profile hand over, also before the backend is there. */
  openHandedLink?: OpenHandedLink;
  log: Log;
  /** Ports in place of those below, as for a host that leaves one out. */
  ports?: Partial<BackendPorts>;
}

/**
 * The backend in this process, on its files, its network and its clock.
 * @throws ProfileInUseError if another process uses the profile, VaultLockedError, or the file system's error
 */
export async function createNodeBackend(options: NodeBackendOptions): Promise<AppBackend> {
  const { profileDir, fileThreadPath, shell, log } = options;
  const lock = await ProfileLock.acquire(profileDir, options.openHandedLink);
  try {
    const storage = new FileStorage(profileDir, log);
    const files = new NodeFiles(fileThreadPath === undefined ? null : new FileThread(fileThreadPath));
    const settings = await openSettings({
      storage,
      profileDir,
      defaultName: defaultDeviceName(),
      name: options.name,
      downloadsDir: options.downloadsDir,
      relayPort: options.relayPort,
      checkFolder: (dir) => files.checkFolder(dir),
    });
    const ports: BackendPorts = {
      clock: systemClock,
      random,
      sha256,
      storage,
      vault: options.keyVault ?? fileVault,
      files,
      createLaneConnector: laneConnectors(settings, log),
      network: new LanNetwork(DEFAULT_LIMITS),
      createListener: (user) => new LanListener({ ...user, limits: DEFAULT_LIMITS, log }),
      createNearby: (user) => new NearbyService({ ...user, log }),
      openRelaySocket,
      createEmbeddedRelay: (onPlace) => new NodeEmbeddedRelay({ onPlace, log }),
      doctor: new NodeProbes(),
      log,
      ...options.ports,
    };
    const platform = platformOf(process.platform);
    const { appVersion } = options;
    const backend = await createBackend({ ports, settings, platform, appVersion, shell });
    return {
      ...backend,
      async close() {
        await backend.close();
        await files.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    log.error('backend', { error, runtime: shell.runtime });
    throw error;
  }
}

function laneConnectors(settings: SettingsStore, log: Log): CreateLaneConnector {
  const access = {
    mayListen: () => settings.current.nearby === true,
    addresses: () =>
      ownAddresses()
        .map(({ address }) => address)
        .filter((address) => !isLinkLocal(address)),
    log,
  };
  return lanLaneConnectors(access, sha256);
}
