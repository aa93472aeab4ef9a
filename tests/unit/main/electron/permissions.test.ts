import { describe, expect, it } from 'vitest';
import { installPermissions } from '../../../../src/main/electron/window/permissions';
import { trustedOrigins } from '../../../../src/main/electron/window/pageOrigin';

const origins = trustedOrigins(true, undefined);
const own = ['app://hither/index.html'];

type Install = Parameters<typeof installPermissions>[0];

function installed() {
  const handlers: {
    request?: Parameters<Install['setPermissionRequestHandler']>[0];
    check?: Parameters<Install['setPermissionCheckHandler']>[0];
    device?: Parameters<Install['setDevicePermissionHandler']>[0];
  } = {};
  installPermissions(
    {
      setPermissionRequestHandler: (handler) => (handlers.request = handler),
      setPermissionCheckHandler: (handler) => (handlers.check = handler),
      setDevicePermissionHandler: (handler) => (handlers.device = handler),
    },
    origins,
  );
  return handlers;
}

describe('installPermissions', () => {
  it.each([
    ['the screen', 'display-capture', own, true, true],
    ['the microphone', 'media', own, true, true],
    ['full screen', 'fullscreen', own, true, true],
    ['writing text to the clipboard', 'clipboard-sanitized-write', own, true, true],
    ['notifications', 'notifications', own, true, true],
    ['peers on the local network', 'local-network', own, true, true],
    ['peers on the local network, under the older name', 'local-network-access', own, true, true],
    ['peers on this machine', 'loopback-network', own, true, true],
    ['an origin with a trailing slash', 'media', ['app://hither/'], true, true],
    ['reading the clipboard', 'clipboard-read', own, true, false],
    ['the place', 'geolocation', own, true, false],
    ['opening other programs', 'openExternal', own, true, false],
    ['a permission that does not exist yet', 'telepathy', own, true, false],
    ['a frame within the page', 'media', own, false, false],
    ['a website', 'media', ['https://example.com/'], true, false],
    ['another host of the scheme', 'media', ['app://other/'], true, false],
    ['a host that only begins like ours', 'media', ['app://hither.example.com/'], true, false],
    ['a website inside our page', 'media', [...own, 'https://example.com'], true, false],
    ['an asker without a name', 'media', [''], true, false],
    ['nobody', 'media', [undefined], true, false],
  ])('decides about %s', (_what, permission, [requestingOrigin, requestingUrl], isMainFrame, expected) => {
    // Electron always names an origin; a question without one must not be taken for our page's.
    const origin = requestingOrigin as string;
    const details = { isMainFrame, ...(requestingUrl === undefined ? {} : { requestingUrl }) };
    expect(installed().check?.(null, permission as never, origin, details)).toBe(expected);
  });

  it('answers requests, and looks at the security origin where there is one', () => {
    const answers: boolean[] = [];
    const details = { isMainFrame: true, requestingUrl: 'app://hither/' };
    const ask = (more: object) => {
      installed().request?.({} as never, 'media', (granted) => answers.push(granted), {
        ...details,
        ...more,
      });
    };
    ask({});
    ask({ securityOrigin: 'app://hither/' });
    ask({ securityOrigin: 'https://example.com/' });
    expect(answers).toEqual([true, true, false]);
  });

  it('answers checks, and denies where any origin named is foreign', () => {
    const check = installed().check;
    const details = { isMainFrame: true, requestingUrl: 'app://hither/' };
    expect(check?.(null, 'media', 'app://hither/', details)).toBe(true);
    expect(check?.(null, 'media', 'https://example.com/', details)).toBe(false);
    expect(
      check?.(null, 'media', 'app://hither/', { ...details, embeddingOrigin: 'https://example.com/' }),
    ).toBe(false);
  });

  it('gives no device away', () => {
    expect(installed().device?.({} as never)).toBe(false);
  });
});
