/* exported decodeIpc, encodeIpc */
// What Electron's structured clone carries, as JSON: a pair of a kind and a value.
function encodeIpc(value) {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new Error('An object could not be cloned.');
  if (value === undefined) return ['undefined'];
  if (value instanceof Uint8Array) return ['bytes', value.toBase64()];
  if (Array.isArray(value)) return ['array', value.map(encodeIpc)];
  if (typeof value !== 'object' || value === null) return ['value', value];
  if (Object.prototype.toString.call(value) !== '[object Object]')
    throw new Error(`the Electron stand-in carries no ${Object.prototype.toString.call(value)}`);
  return ['object', Object.entries(value).map(([key, part]) => [key, encodeIpc(part)])];
}

function decodeIpc([kind, value]) {
  if (kind === 'undefined') return undefined;
  if (kind === 'bytes') return Uint8Array.fromBase64(value);
  if (kind === 'array') return value.map(decodeIpc);
  if (kind === 'object') return Object.fromEntries(value.map(([key, part]) => [key, decodeIpc(part)]));
  return value;
}
