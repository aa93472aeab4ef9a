export interface FlagValues {
  headless?: boolean;
  port?: string;
  profile?: string;
  name?: string;
  downloads?: string;
  'relay-port'?: string;
  'no-open'?: boolean;
  help?: boolean;
  version?: boolean;
}

export function languageOf(env: NodeJS.ProcessEnv): 'en' | 'ko';
export function helpText(language: 'en' | 'ko'): string;
export function readFlags(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  options?: { isTyped?: boolean },
):
  | { problem: string; values?: never; link?: never; ordered?: never }
  | { problem?: never; values: FlagValues; link: string | null; ordered: string[] };
export const flags: Readonly<Record<string, { value?: string; en: string; ko: string }>>;
