// The command line of Hither, for scripts/start.mjs (which runs before anything is installed) and for the app itself.
import { parseArgs } from 'node:util';

/** Every flag: whether it takes a value, and what `--help` says of it. */
export const flags = {
  headless: {
    en: 'run without a window of its own; the page opens in the default browser',
    ko: '자체 창 없이 실행하고 기본 브라우저에서 페이지를 엽니다',
  },
  port: {
    value: 'N',
    en: 'port of the page in headless mode (47170, or the next free one)',
    ko: '헤드리스 모드에서 페이지의 포트 (47170 또는 그다음 빈 포트)',
  },
  profile: {
    value: 'DIR',
    en: 'folder for settings, identity and logs; two instances need two profiles',
    ko: '설정, 기기 ID, 로그를 두는 폴더. 두 개를 함께 실행하려면 프로필도 두 개가 필요합니다',
  },
  name: {
    value: 'NAME',
    en: 'name that other devices see, for this run',
    ko: '이번 실행에서 다른 기기에 보일 이름',
  },
  downloads: {
    value: 'DIR',
    en: 'folder for received files, for this run',
    ko: '이번 실행에서 받은 파일을 저장할 폴더',
  },
  'relay-port': {
    value: 'N',
    en: 'run a relay for this network on this port, for this run',
    ko: '이번 실행에서 이 포트로 이 네트워크의 중계 서버를 실행합니다',
  },
  'no-open': {
    en: 'only print the address of the page (headless)',
    ko: '페이지 주소만 출력합니다 (헤드리스)',
  },
  help: { en: 'show this list', ko: '이 목록을 보여 줍니다' },
  version: { en: 'show the version', ko: '버전을 보여 줍니다' },
};

const words = {
  en: {
    usage: 'Usage: npm start -- [flags] [the link of an invite, in quotes]',
    unknown: (given) => `Unknown flag: ${given}`,
    noValue: (name, value) => `--${name} needs a value: --${name} ${value}`,
    surplus: (name) => `--${name} takes no value`,
    badPort: (name, given) => `--${name} takes a number from 0 to 65535, not ${given}`,
    behindLink: (given) => `Nothing may stand behind a link: ${given}`,
  },
  ko: {
    usage: '사용법: npm start -- [옵션] [초대 링크(따옴표로 감싸기)]',
    unknown: (given) => `알 수 없는 옵션: ${given}`,
    noValue: (name, value) => `--${name}에는 값이 필요합니다: --${name} ${value}`,
    surplus: (name) => `--${name}에는 값을 줄 수 없습니다`,
    badPort: (name, given) => `--${name}는 0부터 65535까지의 숫자여야 합니다: ${given}`,
    behindLink: (given) => `링크 뒤에는 아무것도 올 수 없습니다: ${given}`,
  },
};

/** The language of terminal output, by the order of precedence that POSIX gives the variables. */
export function languageOf(env) {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return locale.startsWith('ko') ? 'ko' : 'en';
}

export function helpText(language) {
  const rows = Object.entries(flags).map(([name, flag]) => [
    `  --${name}${flag.value === undefined ? '' : ` ${flag.value}`}`,
    flag[language],
  ]);
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = rows.map(([left, right]) => left.padEnd(width) + right);
  return [words[language].usage, '', ...lines].join('\n');
}

/** What the system puts behind the app's name to have it open a link of ours, or a person who was sent the link of an invite. */
const isLink = (arg) => /^(hither:|https?:\/\/[^#]*#)/i.test(arg);

/** What is no link and stands behind the first one, which is the argument at `index` where `--` counts for nothing. */
function strayBehind(args, index) {
  let before = -1;
  const place = args.findIndex((arg) => arg !== '--' && ++before === index);
  return args.slice(place).find((arg) => !isLink(arg));
}

/**
 * Reads the arguments after the program's name: the values and the last link that they have opened, or the sentence that says
 * what is wrong with them. Behind a link there may be links alone: a system puts those of strangers there, and what got out of its
 * quotes would be flags. `isTyped` is for what a person typed, in any order. `ordered` are the same arguments with that link at the
 * end: Electron starts with nothing behind one.
 */
export function readFlags(args, env, { isTyped = false } = {}) {
  const say = words[languageOf(env)];
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { value }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string' },
    ]),
  );
  const given = args.filter((arg) => arg !== '--');
  const { values, tokens } = parseArgs({
    args: given,
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const links = tokens.filter(({ kind, value }) => kind === 'positional' && isLink(value));
  const stray = isTyped || links.length === 0 ? undefined : strayBehind(args, links[0].index);
  if (stray !== undefined) return { problem: say.behindLink(stray) };
  for (const token of tokens) {
    if (links.includes(token)) continue;
    if (token.kind === 'positional') return { problem: say.unknown(token.value) };
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(flags, token.name)) return { problem: say.unknown(token.rawName) };
    const { value } = flags[token.name];
    if (value === undefined && token.value !== undefined) return { problem: say.surplus(token.name) };
    const isMissing = !token.value || (token.value.startsWith('-') && !token.inlineValue);
    if (value !== undefined && isMissing) return { problem: say.noValue(token.name, value) };
  }
  for (const name of ['port', 'relay-port']) {
    const number = values[name];
    if (number !== undefined && !(/^\d{1,5}$/.test(number) && Number(number) <= 65_535))
      return { problem: say.badPort(name, number) };
  }
  const places = new Set(links.map(({ index }) => index));
  const link = links.at(-1)?.value ?? null;
  const flagsGiven = given.filter((_arg, index) => !places.has(index));
  return { values, link, ordered: link === null ? flagsGiven : [...flagsGiven, link] };
}
