import type { Part } from '../catalogue';

export const sound: Part<'sound'> = {
  share: {
    computer: '이 컴퓨터의 소리도 공유',
    computerHelp: '이 컴퓨터에서 나는 모든 소리가 들려요. 알림 소리도 들려요.',
    browser: '소리도 공유',
    browserHelp: '브라우저의 공유 창에서 탭을 고르고 탭 소리를 켜 주세요.',
    add: '소리도 공유: 다시 선택…',
  },
  own: {
    playing: '소리도 함께 공유하고 있어요.',
    computer: '이 컴퓨터의 소리도 함께 공유하고 있어요.',
    silent: '소리가 켜져 있지만 5초 동안 아무 소리도 나지 않았어요.',
    off: '소리는 꺼져 있어요.',
    turnOff: '소리 끄기',
    turnOn: '소리 켜기',
  },
  theirs: {
    label: '화면의 소리',
    playing: '소리가 켜져 있어요.',
    silent: '5초 동안 소리 없음',
    off: '상대가 소리를 껐어요',
    mute: '화면 소리 음소거',
    unmute: '화면 소리 음소거 해제',
    volume: '화면 소리 크기',
  },
  echo: {
    sure: '이 컴퓨터의 소리에는 Hither에서 나는 소리도 들어 있어서, 상대의 목소리가 상대에게 되돌아가요.',
    maybe: '이 컴퓨터의 소리에 Hither에서 나는 소리도 들어가면, 상대의 목소리가 상대에게 되돌아갈 수 있어요.',
    help: '헤드폰을 써도 마찬가지예요. 목소리는 시스템 기본 스피커가 아닌 다른 스피커로 듣거나, 소리를 들려주는 동안 상대에게 음소거해 달라고 해 주세요.',
    speaker: '스피커 선택',
  },
  announce: {
    on: '화면과 함께 소리도 공유해요',
    off: '화면의 소리를 껐어요',
    theirs: '{{name}} 님의 화면에 소리가 있어요',
    theirsOff: '{{name}} 님이 화면의 소리를 껐어요',
  },
};
