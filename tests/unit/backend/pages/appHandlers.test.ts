import { describe, expect, it, vi } from 'vitest';
import { appHandlers, type AppServices } from '../../../../src/backend/pages/appHandlers';
import type { SessionInfo } from '../../../../src/shared/contract/sessions';
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
/** Asks for a gesture in a session. */
function activate(session: SessionInfo) {
  const activatePage = vi.fn(() => Promise.resolve());
  const services = { sessions: { views: () => [session] }, shell: { activatePage } };
  const handlers = appHandlers(services as unknown as AppServices);
  const { sessionId } = session;
  return { activating: Promise.resolve(handlers['capture:activate']({ sessionId }, 'page')), activatePage };
}

const both = { isVerified: true, isPeerVerified: true };

describe('a gesture that nobody made', () => {
  it('is given for a session with a device that may see the screen unasked', async () => {
    const { activating, activatePage } = activate(known({ ...both, trust: trusted('allow') }));
    await expect(activating).resolves.toEqual({});
    expect(activatePage).toHaveBeenCalledWith('page');
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
  ] as const)('is not where %s', async (_, session) => {
    const { activating, activatePage } = activate(known(session));
    await expect(activating).rejects.toMatchObject({ code: 'not-allowed' });
    expect(activatePage).not.toHaveBeenCalled();
  });
});
