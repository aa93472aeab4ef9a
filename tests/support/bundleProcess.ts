import { basename, join } from 'node:path';
import { build } from 'vite';

/**
 * Bundles a script that is to run as a process of its own, as the app's main process is bundled: each start costs a fifth
 * of a second, and the heap holds no compiler.
 * @param entry absolute path of the TypeScript file
 * @returns the bundle's path, in `dir`
 */
export async function bundleProcess(entry: string, dir: string): Promise<string> {
  const name = basename(entry).replace(/\.ts$/, '.mjs');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: dir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: name } },
    },
  });
  return join(dir, name);
}
