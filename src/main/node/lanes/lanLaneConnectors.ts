import type { CreateLaneConnector, Digest } from '../../../backend/ports';
import { type LanAccess, LanLaneConnector } from './LanLaneConnector';

/**
 * Makes the lanes between this backend and others on its network.
 * @param access what this device allows at present, and where it can be reached
 * @param sha256 hashes blocks
 */
export function lanLaneConnectors(access: LanAccess, sha256: Digest): NonNullable<CreateLaneConnector> {
  return (user) => new LanLaneConnector({ access, sha256, user });
}
