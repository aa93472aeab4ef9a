const standIn = new URL('./index.ts', import.meta.url).href;

/** Gives the stand-in to whoever imports `electron`, and leaves everything else alone. */
export function resolve(specifier, context, nextResolve) {
  return specifier === 'electron' ? nextResolve(standIn, context) : nextResolve(specifier, context);
}
