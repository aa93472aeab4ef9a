import { defineConfig } from 'vite';

/** Builds a page with two backends in it. */
export default defineConfig({
  root: import.meta.dirname,
  worker: { format: 'es' },
  // What is thrown then says where.
  build: { minify: false },
});
