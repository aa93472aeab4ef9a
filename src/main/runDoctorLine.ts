import { parseArgs } from 'node:util';
import { findingsOf } from '../backend/doctor/findingsOf';
import type { DoctorProbes } from '../backend/doctor/measurements';
import { doctor as en } from '../renderer/i18n/en/doctor';
import { doctor as ko } from '../renderer/i18n/ko/doctor';
import type { DoctorFinding } from '../shared/contract/doctor';

type Language = 'en' | 'ko';

const catalogues = { en, ko } as const;
const MARKS = { good: '✓', hint: '?', bad: '✗' } as const;

const texts = {
  en: {
    help: [
      'Usage: npm run doctor -- [--relay URL]',
      '',
      '  --relay URL  looks at this relay too, and at the TURN servers that it tells of; without it nothing asks the internet',
      '  --help       show this list',
      '',
      'Ends with 0 if no problem was found, with 1 if there was one.',
    ].join('\n'),
    wrong: 'Not understood. --relay takes an address that begins with https:// or http://.',
    all: 'No problem was found.',
    some: 'Problems found:',
  },
  ko: {
    help: [
      '사용법: npm run doctor -- [--relay URL]',
      '',
      '  --relay URL  이 중계 서버와 중계 서버가 알려 주는 TURN 서버도 점검해요. 없으면 인터넷에 아무것도 묻지 않아요',
      '  --help       이 목록을 보여 줘요',
      '',
      '문제가 없으면 0, 있으면 1로 끝나요.',
    ].join('\n'),
    wrong: '이해하지 못했어요. --relay에는 https:// 또는 http://로 시작하는 주소가 필요해요.',
    all: '문제를 찾지 못했어요.',
    some: '찾은 문제:',
  },
} as const;

/** What a person asked of the doctor in a terminal. */
export type DoctorLine =
  | { kind: 'run'; language: Language; relayUrl: string | null }
  | { kind: 'print'; text: string; exitCode: 0 | 2 };

/** Reads the arguments after the program's name; `--help` and mistakes become text. */
export function readDoctorLine(args: readonly string[], language: Language): DoctorLine {
  const { help, wrong } = texts[language];
  const mistake: DoctorLine = { kind: 'print', text: `${wrong}\n\n${help}`, exitCode: 2 };
  try {
    const { values } = parseArgs({
      args: args.filter((arg) => arg !== '--'),
      options: { help: { type: 'boolean' }, relay: { type: 'string' } },
    });
    if (values.help === true) return { kind: 'print', text: help, exitCode: 0 };
    const relayUrl = values.relay ?? null;
    const isAddress = relayUrl === null || (URL.canParse(relayUrl) && /^https?:\/\//.test(relayUrl));
    return isAddress ? { kind: 'run', language, relayUrl } : mistake;
  } catch {
    return mistake;
  }
}

/**
 * Examines the network from a terminal, beside a running Hither or without one, and prints a line for each finding.
 * @returns the exit code
 */
export async function runDoctorLine(
  { language, relayUrl }: Extract<DoctorLine, { kind: 'run' }>,
  probes: DoctorProbes,
  print: (text: string) => void,
): Promise<0 | 1> {
  const internet = relayUrl === null ? null : { relayUrl, iceServers: [] };
  const findings = findingsOf(
    await probes.measure({ ownId: null, mayLookAround: true, address: null, internet }),
    null,
    relayUrl,
  );
  for (const finding of findings) for (const line of linesOf(finding, language)) print(line);
  const wrong = findings.filter(({ level }) => level === 'bad').length;
  const { all, some } = texts[language];
  print(wrong === 0 ? all : `${some} ${wrong}`);
  return wrong === 0 ? 0 : 1;
}

function linesOf({ code, facts, level }: DoctorFinding, language: Language): string[] {
  const { todo, what } = catalogues[language];
  const todos: Readonly<Record<string, string>> = todo;
  const first = `${MARKS[level]} ${filled(what[code], facts)}`;
  const second = todos[code];
  return second === undefined ? [first] : [first, `  ${filled(second, facts)}`];
}

/** The words have their facts as i18next writes them. */
function filled(text: string, facts: DoctorFinding['facts']): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(facts[name] ?? ''));
}
