let standIn = '';

/** @param {{ standIn: string }} data URL of the bundled stand-in */
export function initialize(data) {
  standIn = data.standIn;
}

/** Gives the stand-in to whoever imports `electron`, and leaves everything else alone. */
export function resolve(specifier, context, nextResolve) {
  return nextResolve(specifier === 'electron' ? standIn : specifier, context);
}
