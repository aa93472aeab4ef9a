import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

/** The relay as one file with its packages in it, for a plain Node that has nothing installed beside it. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: resolve(here, 'src/relay/index.ts'),
    target: 'node20',
    outDir: resolve(here, 'out/relay'),
    emptyOutDir: true,
    rolldownOptions: { output: { entryFileNames: 'index.js', codeSplitting: false } },
  },
});
