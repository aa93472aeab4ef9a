import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      // Packages go in as well: finding and reading their many files is most of the time that Node takes to start.
      externalizeDeps: false,
      // Two entries, one backend: the Electron app and the plain Node process that serves the same page. And the thread of either, and the doctor alone.
      rolldownOptions: {
        input: {
          index: resolve(here, 'src/main/index.ts'),
          headless: resolve(here, 'src/main/headless.ts'),
          doctor: resolve(here, 'src/main/doctor.ts'),
          fileThread: resolve(here, 'src/main/node/files/fileThreadEntry.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload must be one CommonJS file with nothing to require but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(here, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src/renderer'),
    plugins: [react()],
    resolve: {
      alias: {
        // The ready-made browser bundle brings its own Buffer and streams, so the page needs no Node shims.
        'simple-peer': 'simple-peer/simplepeer.min.js',
      },
    },
    build: {
      // Fonts and images stay files: the page's policy allows no data: scripts or styles.
      assetsInlineLimit: 0,
      minify: true,
      rolldownOptions: { input: resolve(here, 'src/renderer/index.html') },
    },
  },
});
