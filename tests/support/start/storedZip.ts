import { crc32 } from 'node:zlib';

/** Made by Unix, so that the mode counts. */
const MADE_BY = (3 << 8) | 20;
const VERSION_NEEDED = 20;
const REGULAR_FILE = 0o100_000;

/** A zip archive of files that may all be run, without compression. */
export function storedZip(files: Readonly<Record<string, Buffer>>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [path, bytes] of Object.entries(files)) {
    const name = Buffer.from(path);
    const common = commonFields(name, bytes);
    const local = Buffer.concat([uint32(0x04034b50), common, name, bytes]);
    const attributes = ((REGULAR_FILE | 0o755) << 16) >>> 0;
    const rest = [uint16(0), uint16(0), uint16(0), uint32(attributes), uint32(offset), name];
    entries.push(Buffer.concat([uint32(0x02014b50), uint16(MADE_BY), common, ...rest]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const counts = [uint16(0), uint16(0), uint16(entries.length), uint16(entries.length)];
  const end = [uint32(0x06054b50), ...counts, uint32(directory.length), uint32(offset), uint16(0)];
  return Buffer.concat([...locals, directory, ...end]);
}

/** What a file's header and its entry in the directory both say: version, flags, method, time, sums, lengths. */
function commonFields(name: Buffer, bytes: Buffer): Buffer {
  const head = [VERSION_NEEDED, 0, 0, 0, 0x21].map(uint16);
  const sums = [crc32(bytes), bytes.length, bytes.length].map(uint32);
  return Buffer.concat([...head, ...sums, uint16(name.length), uint16(0)]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
