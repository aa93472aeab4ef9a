import type { captureErrors as english } from '../en/captureProblems';
import type { Part } from '../catalogue';

export const captureErrors: Pick<Part<'errors'>, keyof typeof english> = {
  'capture-denied': {
    title: '공유하고 있는 것이 없어요',
    help: '선택하지 않았거나 시스템이 막았어요. 선택했는데도 그렇다면 시스템의 개인정보 설정에서 이 앱의 화면 녹화를 허용해 주세요.',
  },
  'capture-failed': {
    title: '화면을 캡처하지 못했어요',
    help: '화면을 녹화하는 다른 프로그램을 끄고 다시 시도하거나 다른 창을 선택해 주세요.',
  },
  'sound-missing': {
    title: '소리 없이 공유하고 있어요',
    help: '이 컴퓨터에서 소리를 가져오지 못했어요. 리눅스에서는 PulseAudio나 PipeWire가 있어야 해요. 화면은 그대로 공유돼요.',
  },
  'sound-not-chosen': {
    title: '소리 없이 공유하고 있어요',
    help: '브라우저의 공유 창에서 탭을 고르고 탭 소리를 함께 공유하도록 켜 주세요. 창에서는 소리를 공유할 수 없고, 전체 화면도 시스템에 따라 안 될 수 있어요.',
  },
  'sound-denied': {
    title: 'macOS에서 소리를 허용하지 않았어요',
    help: '시스템 설정의 ‘개인정보 보호 및 보안’에서 ‘화면 및 시스템 오디오 녹음’을 열고, ‘시스템 오디오 녹음만’에 있는 Hither를 허용한 다음 다시 공유해 주세요. 화면은 그대로 공유돼요.',
  },
  'sound-lost': {
    title: '공유하던 소리가 끊겼어요',
    help: '시스템이나 브라우저에서 소리를 멈췄어요. 다시 들려주려면 공유할 화면을 다시 골라 주세요.',
  },
  'microphone-denied': {
    title: '마이크를 사용할 수 없어요',
    help: '주소창 옆에서 허용하거나 시스템의 개인정보 설정에서 마이크를 허용한 다음 다시 시도해 주세요.',
  },
  'microphone-missing': {
    title: '마이크가 없어요',
    help: '마이크를 연결하거나 시스템의 소리 설정에서 켠 다음 다시 시도해 주세요.',
  },
  'microphone-busy': {
    title: '마이크를 열지 못했어요',
    help: '다른 프로그램이 쓰고 있을 수 있어요. 그 프로그램을 끄거나 다른 마이크를 선택한 다음 다시 시도해 주세요.',
  },
  'microphone-replaced': {
    title: '이제 다른 마이크를 쓰고 있어요',
    help: '쓰던 마이크가 빠졌거나 꺼졌어요. 마이크 버튼 옆에서 다른 마이크를 선택할 수 있어요.',
  },
  'microphone-lost': {
    title: '마이크가 사라졌어요',
    help: '마이크가 빠졌거나 꺼졌고 대신 쓸 마이크가 없어서 내 목소리가 들리지 않아요. 마이크를 연결하고 다시 켜 주세요.',
  },
  'camera-denied': {
    title: '카메라를 사용할 수 없어요',
    help: '주소창 옆에서 허용하거나 시스템의 개인정보 설정에서 카메라를 허용한 다음 다시 시도해 주세요.',
  },
  'camera-missing': { title: '카메라가 없어요', help: '카메라를 연결한 다음 다시 시도해 주세요.' },
  'camera-busy': {
    title: '카메라를 열지 못했어요',
    help: '다른 프로그램이 쓰고 있을 수 있어요. 그 프로그램을 끄거나 다른 카메라를 선택한 다음 다시 시도해 주세요.',
  },
  'camera-replaced': {
    title: '이제 다른 카메라를 쓰고 있어요',
    help: '쓰던 카메라가 빠졌거나 꺼졌어요. 카메라 버튼 옆에서 다른 카메라를 선택할 수 있어요.',
  },
  'camera-lost': {
    title: '카메라가 사라졌어요',
    help: '카메라가 빠졌거나 꺼졌고 대신 쓸 카메라가 없어서 내 모습이 보이지 않아요. 카메라를 연결하고 다시 켜 주세요.',
  },
};
