import { contentSecurityPolicy } from './contentSecurityPolicy';

/**
 * Headers of every answer that carries a part of the page, over HTTP or the app's own scheme.
 * @param connect origins besides its own that the page may open sockets to, as `ws://127.0.0.1:47170`
 */
export function securityHeaders(connect: readonly string[] = []): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(connect),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'display-capture=(self), microphone=(self), camera=(self), fullscreen=(self), picture-in-picture=(self), ' +
      'geolocation=(), usb=(), serial=(), hid=(), midi=(), payment=()',
  };
}
