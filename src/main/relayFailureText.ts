import type { Failure } from '../shared/errors';

/** Where a person names the relay's port: for this start, or for all. */
type Place = 'command-line' | 'settings';

const PLACES = {
  'command-line': { en: 'with --relay-port N', ko: '--relay-port N으로' },
  settings: { en: 'in the settings', ko: '설정에서' },
} as const;

/** Why the relay can't run, in one sentence or two, for a terminal. @param place where a port is to be named that can be used */
export function relayFailureText({ code, facts }: Failure, place: Place, language: 'en' | 'ko'): string {
  const isKorean = language === 'ko';
  const port = String(facts['port'] ?? '');
  const where = PLACES[place][language];
  if (code === 'port-taken')
    return isKorean
      ? `다른 프로그램이 포트 ${port}을(를) 쓰고 있어서 중계 서버를 실행할 수 없어요. ${where} 다른 포트를 지정해 주세요.`
      : `The relay can't use port ${port}: another program does. Name another ${where}.`;
  if (code === 'port-not-allowed')
    return isKorean
      ? `이 계정은 포트 ${port}을(를) 쓸 수 없어서 중계 서버를 실행할 수 없어요. ${where} 1024 이상의 다른 포트를 지정해 주세요.`
      : `The relay can't use port ${port}: this account may not. Name another, from 1024 up, ${where}.`;
  if (code === 'port-unusable')
    return isKorean
      ? `포트 ${port}에서는 중계 서버를 실행할 수 없어요(${facts['detail'] ?? ''}). ${where} 다른 포트를 지정해 주세요.`
      : `The relay can't use port ${port} (${facts['detail'] ?? ''}). Name another ${where}.`;
  return isKorean
    ? 'Hither의 오류로 중계 서버를 시작하지 못했어요. 자세한 내용은 hither.log에 있어요.'
    : 'The relay did not start, by a fault of Hither. The file hither.log has it.';
}
