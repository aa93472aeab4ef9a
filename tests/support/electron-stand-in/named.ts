/** What JavaScript itself, test runners and loggers ask every object for. */
const ORDINARY: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'inspect',
  'asymmetricMatch',
]);

/**
 * Makes a missing member speak up: reading one that the stand-in lacks throws with its full name, where plain
 * JavaScript would go on with `undefined`.
 * @param name as in Electron's documentation, such as `app` or `webContents`
 */
export function named<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'string' && !(key in object) && !ORDINARY.has(key))
        throw new Error(`the Electron stand-in has no ${name}.${key}`);
      const value: unknown = Reflect.get(object, key, object);
      // Methods reach private fields, which a proxy does not have.
      return typeof value === 'function' && !Object.hasOwn(object, key)
        ? (value.bind(object) as unknown)
        : value;
    },
    set: (object, key, value) => Reflect.set(object, key, value, object),
  });
}
