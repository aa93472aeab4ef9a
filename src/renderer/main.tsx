import { connectBackend } from './backend/connectBackend';
import { createCore } from './core/createCore';
import { failureOf } from '../shared/errors';
import { mount, mountRefusal } from './mount';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');

// The adapter smooths differences between browsers; between two Chromiums there are none.
if (!navigator.userAgent.includes('Chrome/')) await import('webrtc-adapter');

try {
  const { backend, desktop } = connectBackend(window);
  mount(await createCore(backend, desktop), root);
} catch (error) {
  if (failureOf(error).code !== 'not-allowed') throw error;
  mountRefusal(root);
}
