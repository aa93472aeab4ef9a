/** A value as it crosses between main process and preload; `page/ipcCodec.js` is the other end. */
export type Encoded = readonly [kind: string, value?: unknown];

/**
 * What Electron's structured clone carries, as JSON.
 * @throws Error for what can't be cloned, and for what the stand-in does not carry
 */
export function encodeIpc(value: unknown): Encoded {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new Error('An object could not be cloned.');
  if (value === undefined) return ['undefined'];
  if (value instanceof Uint8Array) return ['bytes', Buffer.from(value).toString('base64')];
  if (Array.isArray(value)) return ['array', value.map(encodeIpc)];
  if (typeof value !== 'object' || value === null) return ['value', value];
  if (Object.prototype.toString.call(value) !== '[object Object]')
    throw new Error(`the Electron stand-in carries no ${Object.prototype.toString.call(value)}`);
  return ['object', Object.entries(value).map(([key, part]) => [key, encodeIpc(part)])];
}

/** The value that the other side encoded, as a copy. */
export function decodeIpc([kind, value]: Encoded): unknown {
  if (kind === 'undefined') return undefined;
  if (kind === 'bytes') return Uint8Array.from(Buffer.from(value as string, 'base64'));
  if (kind === 'array') return (value as Encoded[]).map(decodeIpc);
  if (kind === 'object') {
    const entries = value as [string, Encoded][];
    return Object.fromEntries(entries.map(([key, part]) => [key, decodeIpc(part)]));
  }
  return value;
}
