/* exported joinWorlds */
/**
 * Joins two JavaScript worlds of one document, as Electron's contextBridge does: plain objects and what can be cloned
 * are copied (by Chromium, which clones the detail of an event that crosses worlds), functions and promises become
 * proxies. Each world runs this once, with the names of its two events swapped.
 */
function joinWorlds(inbound, outbound, onExpose) {
  const dispatch = EventTarget.prototype.dispatchEvent.bind(document);
  const Envelope = CustomEvent;
  const functions = new Map();
  const promises = new Map();
  let lastId = 0;
  let answer = null;

  const send = (message) => dispatch(new Envelope(outbound, { detail: message }));

  function encode(value) {
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    if (typeof value === 'function') {
      functions.set(++lastId, value);
      return ['function', lastId];
    }
    if (typeof value !== 'object' || value === null) return ['value', value];
    if (value instanceof Promise) return encodePromise(value);
    if (value instanceof Error) return ['error', value.message];
    if (Array.isArray(value)) return ['array', value.map(encode)];
    const isPlain = Object.prototype.toString.call(value) === '[object Object]';
    if (!isPlain) return ['value', value];
    return ['object', Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]))];
  }

  function encodePromise(promise) {
    const id = ++lastId;
    promise.then(
      (value) => send({ kind: 'settle', id, isGood: true, value: encode(value) }),
      (error) => send({ kind: 'settle', id, isGood: false, value: encode(error) }),
    );
    return ['promise', id];
  }

  function decode([kind, value]) {
    if (kind === 'function') return (...args) => call(value, args);
    if (kind === 'promise') return new Promise((resolve, reject) => promises.set(value, { resolve, reject }));
    if (kind === 'error') return new Error(value);
    if (kind === 'array') return value.map(decode);
    if (kind === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decode(part)]));
    }
    return value;
  }

  /** Calls a function of the other world; its event comes back before `send` does. */
  function call(id, args) {
    send({ kind: 'call', id, args: args.map(encode) });
    const { isGood, value } = answer;
    answer = null;
    if (isGood) return decode(value);
    throw decode(value);
  }

  function run({ id, args }) {
    try {
      return { kind: 'answer', isGood: true, value: encode(functions.get(id)(...args.map(decode))) };
    } catch (error) {
      return { kind: 'answer', isGood: false, value: encode(error) };
    }
  }

  document.addEventListener(inbound, ({ detail }) => {
    if (detail.kind === 'call') send(run(detail));
    else if (detail.kind === 'answer') answer = detail;
    else if (detail.kind === 'expose') onExpose(detail.key, decode(detail.value));
    else {
      const { resolve, reject } = promises.get(detail.id);
      promises.delete(detail.id);
      (detail.isGood ? resolve : reject)(decode(detail.value));
    }
  });

  return { expose: (key, value) => send({ kind: 'expose', key, value: encode(value) }) };
}
