import { describe, expect, it } from 'vitest';
import { maySeeScreenUnasked } from '../../../../src/backend/pages/appHandlers';
import type { PeerTrust, TrustPermissions } from '../../../../src/shared/contract/trust';
import { known } from '../../../support/coreSession';

const permissions = (viewScreen: TrustPermissions['viewScreen']): TrustPermissions => ({
  connect: 'allow',
  sendFiles: 'allow',
  viewScreen,
});
const trusted = (viewScreen: TrustPermissions['viewScreen']): PeerTrust => ({
  state: 'trusted',
  permissions: permissions(viewScreen),
});
const both = { isVerified: true, isPeerVerified: true };

describe('a gesture that nobody made', () => {
  it('is given for a session with a device that may see the screen unasked', () => {
    expect(maySeeScreenUnasked(known({ ...both, trust: trusted('allow') }))).toBe(true);
  });

  it.each([
    ['that permission is not given', { ...both, trust: trusted('ask') }],
    ['the device is not trusted', both],
    [
      'the device has the name of a trusted one',
      { ...both, trust: { state: 'name-taken', trustedName: 'Kim' } },
    ],
    ['this person has not verified', { ...both, isVerified: false, trust: trusted('allow') }],
    ['the other person has not verified', { ...both, isPeerVerified: false, trust: trusted('allow') }],
  ] as const)('is not where %s', (_, session) => {
    expect(maySeeScreenUnasked(known(session))).toBe(false);
  });
});
