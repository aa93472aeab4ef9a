import type { Part } from '../catalogue';

export const recording: Part<'recording'> = {
  start: '이 세션 녹화…',
  stop: '녹화 중지',
  unable: '이 브라우저에서는 녹화할 수 없어요. Chrome이나 Edge를 써 주세요.',
  unknown: '상대방의 Hither가 이전 버전이라 녹화해도 되는지 물어볼 수 없어요.',
  elsewhere: '다른 세션을 녹화하고 있어요.',
  fileName: '녹화 {{name}} {{date}}',
  prompt: {
    title: '{{name}} 님이 이 세션을 녹화하려고 해요',
    what: '내용',
    whatHelp: '공유한 화면이나 카메라 화면, 그리고 모든 소리를 녹화해요. 내 마이크 소리도 들어가요.',
    where: '위치',
    whereHelp: '상대방 기기에 파일로 저장돼요. 여기에서는 지울 수 없어요.',
    until: '기간',
    untilHelp: '둘 중 한 사람이 중지할 때까지예요. 언제든지 중지할 수 있고, 그때까지 녹화한 내용은 남아요.',
    allow: '녹화 허용',
    decline: '허용 안 함',
  },
  bar: {
    region: '녹화',
    asking: '녹화 허용을 기다리고 있어요: {{names}}',
    takeBack: '취소',
    beginning: '녹화를 시작하고 있어요…',
    own: '녹화하고 있어요: {{names}}',
    saving: '녹화를 저장하고 있어요…',
    theirs: '{{name}} 님이 녹화하고 있어요',
    stop: '녹화 중지',
  },
  tab: '녹화 중',
  title: '녹화 중',
  ended: {
    stopped: '녹화를 저장했어요',
    declined: '{{name}} 님이 지금은 녹화를 원하지 않아요',
    nobodyThere: '{{name}} 님이 자리에 없어서 허용을 받을 수 없어요',
    noAnswer: '녹화해도 되는지 아무도 답하지 않았어요',
    tooOften: '{{name}} 님에게 너무 자주 물어봤어요',
    tooOftenHelp: '1분 뒤에 다시 물어봐 주세요.',
    withdrawn: '{{name}} 님이 녹화를 중지했어요',
    sessionEnded: '세션이 끝나서 녹화도 끝났어요',
    pageGone: '창이 닫혀서 녹화가 끝났어요',
    failed: '녹화가 중단됐어요',
    keptIn: '폴더: {{dir}}',
    nothing: '녹화된 내용이 없어요.',
    show: '폴더에서 보기',
  },
  announce: {
    asked: '{{name}} 님이 이 세션을 녹화하려고 해요',
    theirs: '{{name}} 님이 녹화하고 있어요',
    theirsOver: '{{name}} 님의 녹화가 끝났어요',
    own: '녹화를 시작했어요',
    ownOver: '녹화가 끝났어요',
  },
};

export const recordingErrors: Pick<
  Part<'errors'>,
  'recording-running' | 'recording-unknown' | 'recording-unable' | 'disk-slow'
> = {
  'recording-running': {
    title: '이미 녹화하고 있어요',
    help: '한 번에 하나만 녹화할 수 있어요. 지금 녹화를 중지한 다음 다시 시작해 주세요.',
  },
  'recording-unknown': {
    title: '상대방에게 물어볼 수 없어요',
    help: '상대방의 Hither가 이전 버전이에요. 업데이트한 뒤에 녹화해도 되는지 물어볼 수 있어요.',
  },
  'recording-unable': {
    title: '이 브라우저에서는 녹화할 수 없어요',
    help: 'Chrome이나 Edge, 또는 데스크톱 앱을 써 주세요.',
  },
  'disk-slow': {
    title: '디스크가 느려서 녹화를 계속할 수 없어요',
    help: '그때까지 녹화한 내용은 저장했어요. 디스크가 한가할 때 다시 녹화하거나 설정에서 다른 폴더를 선택해 주세요.',
  },
};
