import { MAX_INVITE, parseInvite } from '../shared/identity/invite';
import { ProfileInUseError, ProfileLock } from './node/storage/ProfileLock';
import type { HandedTo } from './node/storage/profileQuestions';
import { startFailureText } from './startFailureText';

type Language = 'en' | 'ko';

/** What came of a link whose start found its profile in use. */
export interface HandedOver {
  isOpened: boolean;
  /** For the person who started it. */
  text: string;
}

const texts = {
  en: {
    asked: {
      page: (who: string) =>
        `Hither is running already${who} and has the link now: it asks there whether to join.`,
      nobody: (who: string) =>
        `Hither is running already${who} and has the link now, but its page is not open. Open the address that it printed when it started: it asks there whether to join.`,
    },
    noInvite:
      'Hither is running already. What this start was given is no link of an invite, so nothing was done with it.',
    notOpened: 'It did not answer, so the link was not opened. Paste it on Home there.',
    who: (pid: number) => ` (process ${pid})`,
  },
  ko: {
    asked: {
      page: (who: string) => `이미 실행 중인 Hither${who}에 링크를 넘겼어요. 그 화면에서 들어갈지 물어봐요.`,
      nobody: (who: string) =>
        `이미 실행 중인 Hither${who}에 링크를 넘겼지만, 페이지가 열려 있지 않아요. 시작할 때 출력된 주소를 열면 들어갈지 물어봐요.`,
    },
    noInvite: 'Hither가 이미 실행 중이에요. 입력한 것은 초대 링크가 아니라서 아무것도 하지 않았어요.',
    notOpened: '응답이 없어서 링크를 열지 못했어요. 그쪽 홈 화면에 붙여 넣어 주세요.',
    who: (pid: number) => `(프로세스 ${pid})`,
  },
} as const satisfies Record<Language, unknown>;

/**
 * Hands a link to the Hither that has the profile, as a start of the desktop app does by Electron. Nothing is dialed: the person
 * is asked there.
 * @param error what kept this start from having the profile
 * @param link as it came, of any length; `null` for none
 * @returns `null` where there is nothing to hand over, or nobody to hand it to: the error says all there is to say then
 */
export async function handOverLink(
  error: unknown,
  link: string | null,
  language: Language,
): Promise<HandedOver | null> {
  if (!(error instanceof ProfileInUseError) || link === null) return null;
  const { asked, noInvite, notOpened, who } = texts[language];
  const isInvite = link.length <= MAX_INVITE && parseInvite(link)?.kind === 'link';
  if (!isInvite) return { isOpened: false, text: noInvite };
  const handed: { pid: number; handedTo: HandedTo } | null = await ProfileLock.handOver(
    error.profileDir,
    link,
  );
  if (handed !== null) return { isOpened: true, text: asked[handed.handedTo](who(handed.pid)) };
  return { isOpened: false, text: `${startFailureText(error, language)} ${notOpened}` };
}
