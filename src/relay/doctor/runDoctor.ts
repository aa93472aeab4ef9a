import type { RelaySettings } from '../settings/RelaySettings';
import { examine } from './examine';
import type { Finding } from './Finding';
import { wordsOf } from './words';

const MARKS = { good: 'ok', hint: 'hint', bad: 'WRONG' } as const;
const WIDTH = 7;

/**
 * Examines the relay of the settings and prints a line for each finding, with one below it that says what to do.
 * @param print gets each line
 * @returns whether nothing is wrong; hints are not
 */
export async function runDoctor(
  publicUrl: string,
  settings: RelaySettings,
  print: (line: string) => void,
): Promise<boolean> {
  let wrong = 0;
  const report = (finding: Finding): void => {
    if (finding.level === 'bad') wrong += 1;
    for (const line of linesOf(finding)) print(line);
  };
  await examine(publicUrl, settings, { report });
  print(wrong === 0 ? 'All is well.' : wrong === 1 ? 'One thing is wrong.' : `${wrong} things are wrong.`);
  return wrong === 0;
}

function linesOf({ code, facts, level }: Finding): string[] {
  const { todo, what } = wordsOf(code, facts);
  const first = `${MARKS[level].padEnd(WIDTH)}${what} [${code}]`;
  return todo === null ? [first] : [first, ' '.repeat(WIDTH) + todo];
}
