import fc from 'fast-check';

/** Values that parsers have stumbled over: wrong kinds, borders of numbers, names of prototypes, too much of anything. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    '0',
    [],
    {},
    -1,
    0,
    0.5,
    -0,
    1e308,
    2 ** 31,
    2 ** 32,
    2 ** 53,
    -(2 ** 53),
  ),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    '\u202e',
    '../..',
    'a'.repeat(300),
  ),
  fc.constantFrom<unknown>([[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]], { a: { b: { c: { d: {} } } } }),
  fc
    .constantFrom<() => unknown>(
      () => 'x'.repeat(70_000),
      () => '가'.repeat(5_000),
      () => Array.from({ length: 5000 }, (_, index) => index),
      () => Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, 'v'])),
    )
    .map((make) => make()),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
);

type Edit = {
  at: number;
  op: 'replace' | 'remove' | 'double' | 'rename' | 'add';
  value: unknown;
  key: string;
};

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(),
  op: fc.constantFrom('replace', 'remove', 'double', 'rename', 'add'),
  value: nasty,
  key: fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'type', ''),
    fc.string({ maxLength: 8 }),
  ),
});

/** Every place in a value that an edit can be made at: its container and key. */
function places(
  value: unknown,
  found: [Record<string, unknown>, string][] = [],
): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Record<string, unknown>, key]);
    places((value as Record<string, unknown>)[key], found);
  }
  return found;
}

/** Own properties, `__proto__` as well: it comes over the wire like any other. Copies, so that nothing holds itself. */
function put(target: Record<string, unknown>, key: string, value: unknown): void {
  Reflect.defineProperty(target, key, {
    value: structuredClone(value),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function applied(seed: unknown, edits: readonly Edit[]): unknown {
  const root: Record<string, unknown> = { value: structuredClone(seed) };
  for (const { at, key, op, value } of edits) {
    const all = places(root);
    const [target, name] = all[at % all.length]!;
    if (op === 'replace') put(target, name, value);
    else if (op === 'add') put(target, key, value);
    else if (op === 'double') put(target, `${name}2`, target[name]);
    else if (op === 'rename') put(target, key, target[name]);
    if ((op === 'remove' || op === 'rename') && target !== root) Reflect.deleteProperty(target, name);
  }
  return root['value'];
}

/** Recorded values with a few things changed in them. */
export function mutatedValue(seeds: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: 4 }))
    .map(([seed, edits]) => applied(seed, edits));
}

/** Pieces of text put into, or cut out of, a recorded one. */
export function mutatedText(seeds: readonly string[], pieces: readonly string[] = []): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      ...pieces,
      '\u0000',
      '\r\n',
      '"',
      '\\',
      '{',
      '[',
      '\ud800',
      '\u202e',
      '../',
      '9'.repeat(400),
    ),
    fc.constantFrom('a', '[', '\\u', '가', '\r\n').map((text) => text.repeat(3000)),
  );
  const cut = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(30),
    insert: fc.option(piece),
  });
  return fc.tuple(fc.constantFrom(...seeds), fc.array(cut, { maxLength: 4 })).map(([seed, cuts]) => {
    let text = seed;
    for (const { at, insert, remove } of cuts) {
      const from = Math.floor(at * text.length);
      text = text.slice(0, from) + (insert ?? '') + text.slice(from + remove);
    }
    return text;
  });
}

/** JSON texts: of changed values, changed as texts, or anything at all. */
export function mutatedJson(seeds: readonly unknown[]): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: mutatedValue(seeds).map((value) => JSON.stringify({ value }).slice(9, -1)), weight: 6 },
    { arbitrary: mutatedText(seeds.map((seed) => JSON.stringify(seed))), weight: 3 },
    {
      arbitrary: fc.oneof(fc.json({ maxDepth: 3 }), fc.string({ unit: 'binary', maxLength: 60 })),
      weight: 1,
    },
  );
}

/** Recorded bytes with some of them changed, cut off or put in. */
export function mutatedBytes(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const change = fc.record({
    at: fc.nat(),
    remove: fc.nat(8),
    insert: fc.uint8Array({ maxLength: 8 }),
  });
  const border = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff);
  const poke = fc.record({ at: fc.nat(), isInHead: fc.boolean(), byte: fc.oneof(border, fc.nat(255)) });
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(poke, { maxLength: 6 }), fc.array(change, { maxLength: 2 }))
    .map(([seed, pokes, changes]) => {
      let bytes: Uint8Array<ArrayBuffer> = Uint8Array.from(seed);
      // Headers are where the meaning is: half of the pokes go there.
      for (const { at, byte, isInHead } of pokes) {
        const reach = isInHead ? Math.min(32, bytes.length) : bytes.length;
        if (reach > 0) bytes[at % reach] = byte;
      }
      for (const { at, insert, remove } of changes) {
        const from = bytes.length === 0 ? 0 : at % bytes.length;
        bytes = Uint8Array.from([...bytes.subarray(0, from), ...insert, ...bytes.subarray(from + remove)]);
      }
      return bytes;
    });
}
