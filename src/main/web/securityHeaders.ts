import type { OutgoingHttpHeaders } from 'node:http';
import { contentSecurityPolicy } from './contentSecurityPolicy';

/** Headers of every answer of the page server. `host` is the checked `Host` that the browser asked for. */
export function securityHeaders(host: string): OutgoingHttpHeaders {
  return {
    'content-security-policy': contentSecurityPolicy([`ws://${host}`]),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'display-capture=(self), microphone=(self), camera=(self), fullscreen=(self), picture-in-picture=(self), ' +
      'geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), payment=()',
  };
}
