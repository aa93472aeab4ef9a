import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the page on a made-up core, to look at every view: `npx vite --config tests/support/harness/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, '../../../node_modules/.cache/harness'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
  },
});
