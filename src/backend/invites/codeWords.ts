/**
 * Words of spoken codes: 128 attributes and 128 things in each language, so that two make 14 bits. Whoever doesn't know them has
 * three guesses at each side (1 in 5461). No two words of a list are a single letter apart (in Korean a single jamo), so a slip of the
 * tongue or of the keyboard is none of them.
 */
export const CODE_WORDS = {
  en: {
    attributes: words(`
      able amber ancient angry arctic awake basic bitter blue brave brief bright broken bronze busy
      calm careful cheap chilly classic clever copper cosmic cozy crimson crispy crooked curious
      daring dazzling distant double dusty eager early eastern electric empty endless famous fancy
      fearless final floating fluffy foggy fragile freezing friendly frosty gentle giant gifted glossy
      golden graceful grumpy happy hidden hollow honest humble hungry ideal itchy jolly jumpy kind
      large lazy leafy little lively lonely loud lucky magic marble melted mighty misty modern mossy
      muddy musical narrow northern olive orange patient perfect plastic polite proud purple quick
      quiet rapid rare ripe rocky royal salty secret shallow shiny silent silver simple sleepy smooth
      snowy solid spicy steady sticky stormy sturdy sunny super swift tidy tropical twisted upper
      urban velvet violet`),
    things: words(`
      acorn airport anchor apple apron autumn avocado badger bakery balloon bamboo banana basket
      beaver bicycle biscuit blanket bottle bridge broccoli bucket button cactus camel candle canyon
      carpet castle cherry chimney circus cloud coconut compass cookie corner cricket curtain daisy
      diamond dolphin donkey dragon drum eagle elbow elephant engine falcon feather fiddle finger
      forest fountain garden garlic giraffe glacier grape guitar hammer harbor hedgehog helmet honey
      horizon igloo island jacket jungle kangaroo kettle kitchen ladder lantern lemon leopard library
      lizard lobster magnet mailbox mango maple mirror muffin mushroom napkin needle notebook ocean
      octopus onion orchard ostrich panther parrot peach pencil penguin pepper piano pigeon pillow
      pirate potato pumpkin puzzle rabbit raccoon radish rainbow river robot rocket sailor sandwich
      scarf school seagull shadow shovel spider squirrel statue sunset sweater tadpole`),
  },
  ko: {
    attributes: words(`
      가벼운 가파른 강렬한 거대한 건강한 게으른 고소한 고요한 곧은 공손한 굵은 귀여운 그리운 기다란 기쁜 까만 깊은 깔끔한 깨끗한 꼼꼼한 날랜 날씬한 낡은 널따란 넉넉한 노란
      높다란 느긋한 느린 늠름한 다정한 단단한 달콤한 담백한 당당한 더운 덤덤한 동그란 두꺼운 든든한 따뜻한 딱딱한 또렷한 똑똑한 뜨거운 매끈한 매운 멋진 명랑한 목마른 무거운
      무던한 묵직한 미끄러운 바쁜 반가운 발그레한 배고픈 보드라운 부지런한 분주한 빛나는 빠른 빨간 뾰족한 산뜻한 상냥한 새콤한 서늘한 섬세한 성실한 소박한 소중한 솔직한 수줍은
      순수한 쉬운 시원한 신기한 신나는 싱싱한 쌀쌀한 쓸쓸한 아늑한 아담한 알뜰한 얌전한 어린 얼큰한 엄청난 영리한 예쁜 오래된 온화한 외로운 용감한 우아한 울창한 웅장한 유쾌한
      익숙한 자그마한 잔잔한 잘생긴 잘익은 재미난 점잖은 정다운 조용한 졸린 즐거운 짙푸른 짭짤한 차분한 착한 찬란한 촉촉한 친절한 캄캄한 커다란 큼직한 튼튼한 파란 평범한
      포근한 푸짐한 하얀 한가한`),
    things: words(`
      가로등 가방 가위 갈매기 감자 강아지 개구리 거문고 거북이 거울 고구마 고래 고슴도치 고양이 곰돌이 구름 국화꽃 그림책 기러기 기차역 까치 꽃다발 꿀단지 나침반 낙타 난로
      냄비 너구리 노트북 놀이터 눈사람 다람쥐 단풍잎 달팽이 당근 대나무 도서관 도토리 독수리 돌고래 두더지 두루미 등대 등불 딸기 라디오 레몬 로봇 마이크 만두 망원경 매미
      메아리 모닥불 목도리 무지개 물고기 바구니 바나나 바이올린 박물관 반딧불 배낭 버드나무 벽시계 병아리 보름달 복숭아 부엉이 비누 비행기 뻐꾸기 사다리 사슴 산봉우리 삼각형
      상추 색연필 선인장 소나무 손수건 솜사탕 수박 수영장 숟가락 스웨터 시금치 신호등 썰매 안경 앵무새 양말 여우 연못 열쇠 오두막 오렌지 올빼미 옥수수 우산 운동화 원숭이
      유람선 은하수 이불 자전거 잠수함 장난감 전화기 젓가락 조약돌 종이배 주전자 지우개 참새 책상 초콜릿 축구공 카메라 칼국수 캥거루 코끼리 크레용 타조 태양 텐트 토끼 튤립`),
  },
} as const;

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
