import { parseArgs } from 'node:util';
import { ENV_PREFIX, type Flag, type FlagName, flags, isFlagName, variableOf } from './flags';

/** The texts that were given, by flag; only `help` has an empty list. */
export type GivenFlags = Partial<Record<FlagName, readonly string[]>>;

/**
 * Collects what flags and variables say, flags first. Nothing is looked at but which there are.
 * @param args the arguments after the program's name
 * @returns also a sentence for each flag or variable that is none
 */
export function readFlags(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { given: GivenFlags; problems: string[] } {
  const fromEnv = readVariables(env);
  const { given, problems } = readArguments(args);
  return { given: { ...fromEnv.given, ...given }, problems: [...problems, ...fromEnv.problems] };
}

function readArguments(args: readonly string[]): { given: GivenFlags; problems: string[] } {
  const given: GivenFlags = {};
  const problems: string[] = [];
  const options = Object.fromEntries(
    Object.entries<Flag>(flags).map(([name, { value }]) => [
      name,
      { type: value === null ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional' || !isFlagName(token.name)) {
      problems.push(`There is no flag ${token.kind === 'positional' ? token.value : token.rawName}.`);
      continue;
    }
    const flag: Flag = flags[token.name];
    const isMissing = !token.value || (token.value.startsWith('--') && !token.inlineValue);
    if (flag.value === null) given[token.name] = [];
    else if (isMissing) problems.push(`--${token.name} needs a value: --${token.name} ${flag.value}.`);
    else {
      const before = given[token.name] ?? [];
      if (before.length > 0 && !flag.isList) problems.push(`--${token.name} can be given only once.`);
      given[token.name] = [...before, token.value];
    }
  }
  return { given, problems };
}

function readVariables(env: Readonly<Record<string, string | undefined>>): {
  given: GivenFlags;
  problems: string[];
} {
  const names = new Map(Object.keys(flags).map((name) => [variableOf(name), name]));
  const given: GivenFlags = {};
  const problems: string[] = [];
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(ENV_PREFIX) || value === undefined || value === '') continue;
    const name = names.get(variable);
    // A limit that nobody knows would be one that nobody has set.
    if (name === undefined || !isFlagName(name) || flags[name].value === null)
      problems.push(`There is no variable ${variable}.`);
    else {
      const { isList }: Flag = flags[name];
      given[name] = isList ? value.split(/[\s,]+/).filter((part) => part !== '') : [value];
    }
  }
  return { given, problems };
}
