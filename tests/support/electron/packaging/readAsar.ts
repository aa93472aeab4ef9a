import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

interface Entry {
  files?: Record<string, Entry>;
  offset?: string;
  size?: number;
  link?: string;
}

export interface PackedFile {
  /** Below the archive, with `/`. */
  path: string;
  /** From the start of the archive's contents, in bytes. */
  offset: number;
  sizeBytes: number;
}

/** The files in an asar archive. */
export async function listAsar(archive: string): Promise<PackedFile[]> {
  return (await readHeader(archive)).files;
}

/** Writes an archive's files below a folder. */
export async function extractAsar(archive: string, dir: string): Promise<void> {
  const { files, startBytes } = await readHeader(archive);
  const file = await open(archive);
  try {
    for (const { path, offset, sizeBytes } of files) {
      const { buffer } = await file.read(Buffer.alloc(sizeBytes), 0, sizeBytes, startBytes + offset);
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), buffer);
    }
  } finally {
    await file.close();
  }
}

/** Sixteen bytes of lengths, the tree as JSON, then the contents. */
async function readHeader(archive: string): Promise<{ files: PackedFile[]; startBytes: number }> {
  const file = await open(archive);
  try {
    const lengths = (await file.read(Buffer.alloc(16), 0, 16, 0)).buffer;
    const jsonBytes = lengths.readUInt32LE(12);
    const json = (await file.read(Buffer.alloc(jsonBytes), 0, jsonBytes, 16)).buffer.toString();
    return { files: walk(JSON.parse(json) as Entry, ''), startBytes: 8 + lengths.readUInt32LE(4) };
  } finally {
    await file.close();
  }
}

function walk({ files = {} }: Entry, prefix: string): PackedFile[] {
  return Object.entries(files).flatMap(([name, entry]) => {
    const path = `${prefix}${name}`;
    if (entry.files !== undefined) return walk(entry, `${path}/`);
    if (entry.offset === undefined) throw new Error(`${path} is not inside the archive`);
    return [{ path, offset: Number(entry.offset), sizeBytes: entry.size ?? 0 }];
  });
}
