const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The beginnings of pictures of each kind that is drawn, as far as they tell how large they are: 800 × 600 pixels. */
export const pictureBytes: Readonly<Record<'png' | 'jpeg', Uint8Array<ArrayBuffer>>> = {
  png: Uint8Array.of(
    ...[0x89, ...ascii('PNG\r\n\x1a\n'), 0, 0, 0, 13, ...ascii('IHDR'), 0, 0, 3, 32, 0, 0, 2, 88],
    ...[8, 6, 0, 0, 0, 0, 0, 0, 0],
  ),
  jpeg: Uint8Array.of(
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 16, ...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0],
    ...[0xff, 0xfe, 0, 6, ...ascii('none')],
    ...[0xff, 0xc0, 0, 17, 8, 2, 88, 3, 32, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9, 0, 0, 0, 0],
  ),
};
