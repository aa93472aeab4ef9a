import { defineConfig } from 'vite';

/** Builds a page with two backends in it. */
export default defineConfig({
  root: import.meta.dirname,
  worker: { format: 'es' },
  build: { assetsInlineLimit: 0, minify: false },
});
