/**
 * Marks the unreachable end of an exhaustive switch; a case that is added and not handled fails to compile.
 * @throws Error if data of an unknown shape gets here in spite of the types
 */
export function assertNever(value: never): never {
  throw new Error(`unhandled case ${JSON.stringify(value)}`);
}
