import { LocalMedia } from '../../src/renderer/core/media/LocalMedia';
import { createFeatures } from '../../src/renderer/core/features';

/** Every feature that a page registers, for a session in which nothing happens. */
export function pageFeatures() {
  return Object.values(
    createFeatures(() => ({
      sessionId: '1'.repeat(32),
      send: () => undefined,
      onChange: () => undefined,
      permissions: () => null,
      isLinked: () => false,
      isLinkExpected: () => true,
      media: new LocalMedia(),
      captureUnasked: () => Promise.reject(new Error('no screen')),
      monotonicMs: () => performance.now(),
    })),
  );
}
