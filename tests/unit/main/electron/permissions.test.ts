import { describe, expect, it } from 'vitest';
import { installPermissions } from '../../../../src/main/electron/window/permissions';
import { trustedOrigins } from '../../../../src/main/electron/window/pageOrigin';

const origins = trustedOrigins(true, undefined);
const own = ['app://hither/index.html'];

type Install = Parameters<typeof installPermissions>[0];

function installed() {
  const asked: string[] = [];
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
    {
      allow: (devices) => {
        asked.push(devices.join('+'));
        return Promise.resolve(devices.length > 0 && !devices.includes('camera'));
      },
    },
  );
  return { ...handlers, asked };
}

describe('installPermissions', () => {
  it.each([
    ['the screen', 'display-capture', own, true, true],
    ['names of devices, and addresses for WebRTC', 'media', own, true, true],
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

  it('asks the person for each device that a request names, and for nobody else’s page', async () => {
    const { request, asked } = installed();
    const ask = (more: object) =>
      new Promise<boolean>((resolve) =>
        request?.({} as never, 'media', resolve, {
          ...{ isMainFrame: true, requestingUrl: 'app://hither/' },
          ...more,
        }),
      );
    expect(await ask({ mediaTypes: ['audio'], securityOrigin: 'app://hither/' })).toBe(true);
    expect(await ask({ mediaTypes: ['video'] })).toBe(false);
    expect(await ask({ mediaTypes: ['audio', 'video'] })).toBe(false);
    // What names no device opens none.
    expect(await ask({})).toBe(false);
    expect(asked).toEqual(['microphone', 'camera', 'microphone+camera', '']);
    expect(await ask({ mediaTypes: ['audio'], securityOrigin: 'https://example.com/' })).toBe(false);
    expect(await ask({ mediaTypes: ['audio'], isMainFrame: false })).toBe(false);
    expect(asked).toHaveLength(4);
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
