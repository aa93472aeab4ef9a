import { resolve } from 'node:path';
import { helpText, languageOf, readFlags } from '../../scripts/flags.mjs';
import { homeDir } from './node/storage/homeDir';
import { defaultProfileDir } from './node/storage/profileDir';
import { noHomeText } from './startFailureText';

/** What a person asked for on the command line. */
export interface CommandLine {
  isHeadless: boolean;
  /** Port of the page, 0 for any free one; `null` where none was asked for. */
  port: number | null;
  profileDir: string;
  name: string | null;
  downloadsDir: string | null;
  /** Port of a relay for this network, 0 for any free one; `null` where the settings decide about one. */
  relayPort: number | null;
  /** The default browser opens the page. */
  opensBrowser: boolean;
  /** A link of Hither's own to open, as it came: anything behind `hither:`. The last one, where there are several. */
  link: string | null;
}

/** Either a run, or a text to print and the exit code to end with. */
export type CommandLineOutcome =
  { kind: 'run'; options: CommandLine } | { kind: 'print'; text: string; exitCode: 0 | 2 };

/**
 * Reads the command line; `--help`, `--version` and mistakes become text in the language of `env`.
 * @param args the arguments after the program's name
 */
export function readCommandLine(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  appVersion: string,
): CommandLineOutcome {
  const language = languageOf(env);
  const help = helpText(language);
  const { problem, values, link } = readFlags(args, env);
  if (problem !== undefined) return { kind: 'print', text: `${problem}\n\n${help}`, exitCode: 2 };
  if (values.help === true) return { kind: 'print', text: help, exitCode: 0 };
  if (values.version === true) return { kind: 'print', text: appVersion, exitCode: 0 };
  const surroundings = { platform: process.platform, env, homeDir: homeDir() };
  const profileDir = values.profile === undefined ? defaultProfileDir(surroundings) : resolve(values.profile);
  if (profileDir === null) return { kind: 'print', text: noHomeText(language), exitCode: 2 };
  const options: CommandLine = {
    isHeadless: values.headless === true,
    port: values.port === undefined ? null : Number(values.port),
    profileDir,
    name: values.name ?? null,
    downloadsDir: values.downloads === undefined ? null : resolve(values.downloads),
    relayPort: values['relay-port'] === undefined ? null : Number(values['relay-port']),
    opensBrowser: values['no-open'] !== true,
    link,
  };
  return { kind: 'run', options };
}

/** What a backend on Node is told of it. */
export function nodeBackendOptions({ profileDir, name, downloadsDir, relayPort }: CommandLine) {
  return {
    profileDir,
    name: name ?? undefined,
    downloadsDir: downloadsDir ?? undefined,
    relayPort: relayPort ?? undefined,
  };
}
