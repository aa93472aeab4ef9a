import type { Part } from '../catalogue';

export const invites: Part<'invites'> = {
  open: '초대하기',
  form: {
    title: '초대하기',
    rights: '상대가 할 수 있는 일',
    right: {
      share: '화면 공유',
      sendFiles: '파일 보내기',
      write: '메시지 쓰기',
      askToView: '내 화면 보기 요청',
    },
    way: '초대하는 방법',
    link: '링크',
    code: '말로 전하는 코드',
    who: '받는 사람',
    one: '한 사람',
    several: '여러 사람',
    howLong: '기한',
    hour: '1시간',
    day: '1일',
    week: '1주',
    linkHint: '상대만 볼 수 있는 곳으로 보내 주세요. 링크를 가진 사람은 누구나 바로 들어올 수 있어요.',
    codeHint:
      '전화로 불러 줄 수 있는 숫자 하나와 낱말 둘이에요. 한 사람만 10분 동안 쓸 수 있고, 상대의 설정에도 같은 중계 서버가 있어야 해요: {{relay}}',
    onlyHere:
      '이 기기가 중계 서버라서 이 기기에 접속할 수 있는 사람만 들어올 수 있어요. 보통은 같은 네트워크에 있는 사람이에요. 초대에는 이 기기의 주소가 들어가요.',
    create: '초대 만들기',
  },
  noRelay: {
    title: '초대하려면 중계 서버가 필요해요',
    help: '중계 서버는 서로 다른 네트워크에 있는 기기들이 만나는 곳이에요. 설정에 주소를 입력하거나, 이 네트워크의 중계 서버를 직접 실행해 주세요. 서로 보이는 기기끼리는 초대가 필요 없어요.',
    action: '설정 열기',
  },
  link: {
    title: '링크로 초대하기',
    label: '링크',
    qr: '링크의 QR 코드',
    copy: '링크 복사',
    copyApp: '데스크톱 앱용 링크 복사',
  },
  code: {
    title: '코드로 초대하기',
    help: '초대할 사람에게 불러 주세요. 상대는 홈에서 띄어쓰기나 하이픈을 넣어 입력하면 돼요.',
    label: '불러 줄 코드',
    endsIn: '{{time}} 남음',
  },
  waiting: '들어올 사람을 기다리는 중…',
  trouble: '지금은 아무도 들어올 수 없어요. 계속 다시 시도하고 있어요.',
  crowded:
    '누군가 들어오지 않고 이 초대의 자리만 차지하고 있어서 다른 사람이 들어올 수 없어요. 계속 이렇다면 취소하고 새 초대를 만들어 주세요.',
  came: '들어온 사람: {{names}}',
  forOne: '한 사람, {{time}}까지',
  forSeveral: '여러 사람, {{time}}까지',
  may: '상대가 할 수 있는 일: {{what}}',
  what: {
    share: '화면 공유',
    sendFiles: '파일 보내기',
    write: '메시지 쓰기',
    askToView: '내 화면 보기 요청',
  },
  mayNothing: '상대는 보고 받기만 할 수 있어요.',
  withdraw: '초대 취소',
  withdrawSure: '정말 취소할까요?',
  done: '완료',
  again: '새 초대',
  ended: {
    used: {
      title: '{{name}} 님이 초대로 들어왔어요',
      help: '이제 서로 연결됐어요. 이 초대는 더 쓸 수 없어요.',
    },
    expired: { title: '초대 기한이 지났어요', help: '이제 이 초대로는 아무도 들어올 수 없어요.' },
    burned: {
      title: '코드를 더 쓸 수 없어요',
      help: '누군가 세 번 잘못 입력했어요. 새 코드를 만들어 다시 불러 주세요.',
    },
    refused: {
      title: '중계 서버가 이 초대를 받아 주지 않아요',
      help: '이 초대로는 들어올 수 없어요. 새로 만들거나 중계 서버를 운영하는 분에게 물어봐 주세요.',
    },
  },
  toSession: '세션으로 가기',
  list: {
    title: '열려 있는 초대',
    link: '링크',
    code: '코드 {{code}}',
    show: '보기',
    showNamed: '보기: {{what}}',
  },
  opened: {
    title: '이 초대로 들어갈까요?',
    relay: '초대 링크가 열렸어요. 중계 서버: {{relay}}',
    means:
      '들어가기 전에는 아무 데도 연결하지 않아요. 들어가면 이 중계 서버에 연결되고, 초대한 사람에게 내 이름이 보여요: {{name}}',
    join: '들어가기',
    notNow: '들어가지 않기',
    bad: {
      title: '초대 링크가 아니에요',
      help: '링크의 일부가 빠졌을 수 있어요. 링크 전체를 다시 열거나 새 링크를 부탁해 주세요.',
    },
  },
  join: {
    link: '초대 링크예요. 중계 서버: {{relay}}',
    code: '말로 전하는 코드예요. 중계 서버: {{relay}}',
    codeNoRelay: '말로 전하는 코드예요. 코드를 알려 준 사람의 중계 서버가 설정에 있어야 해요.',
    coming: '초대로 들어가는 중이에요. 중계 서버: {{relay}}',
    cancel: '취소',
    left_other: '{{count, number}}번 더 입력할 수 있어요.',
  },
};
