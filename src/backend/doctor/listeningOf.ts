import type { NearbyState } from '../../shared/contract/nearby';
import type { Listening } from './findingsOf';

/** Where this device listens, as its own addresses say. */
export function listeningOf({ isOn, ownAddresses, problems }: NearbyState): Listening {
  const port = /:(\d+)$/.exec(ownAddresses[0] ?? '')?.[1];
  return {
    isOn,
    port: port === undefined ? null : Number(port),
    isPortTaken: problems.includes('port-taken'),
  };
}
