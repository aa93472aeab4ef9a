import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'recorded');

/** SDPs of a real browser (see `record.ts`), by name. */
export const recordedSdp: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(folder).map((file) => [file.replace('.sdp', ''), readFileSync(join(folder, file), 'utf8')]),
);
