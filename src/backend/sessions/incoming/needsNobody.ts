import type { TrustPermissions } from '../../../shared/contract/trust';
import type { SessionScope } from '../../../shared/protocol/purpose';

/**
 * Whether a session of this scope may begin, and go on, without a person: a device that may connect unasked has that for
 * everything, and one that may send files unasked for files alone.
 * @param permissions `null` for a device that is not trusted
 */
export function needsNobody(permissions: TrustPermissions | null, scope: SessionScope): boolean {
  if (permissions?.connect === 'allow') return true;
  return scope === 'files' && permissions?.sendFiles === 'allow';
}
