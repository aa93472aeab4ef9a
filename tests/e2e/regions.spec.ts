/** A part of what is captured: chosen before anybody sees it, exact to the pixel, changed and taken back. */
import { en } from '../../src/renderer/i18n/en';
import type { Instance } from '../support/app/Instance';
import { expect, test } from '../support/app/localTest';

/** A red rectangle on blue, in the pixels of the painting. */
const RED = { x: 100, y: 60, width: 200, height: 120 };
const GREEN = { x: 400, y: 200, width: 120, height: 90 };

/**
 * Runs in a page before its own scripts: the screen it is given is 640 × 360, still once it has started, as one
 * on which nothing happens.
 */
function paintStillScreen(): void {
  navigator.mediaDevices.getDisplayMedia = () => {
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 640, height: 360 });
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas to paint on');
    const stream = canvas.captureStream(15);
    const paint = () => {
      const colours: [string, number, number, number, number][] = [
        ['rgb(30 60 200)', 0, 0, 640, 360],
        ['rgb(200 30 30)', 100, 60, 200, 120],
        ['rgb(20 140 60)', 400, 200, 120, 90],
      ];
      for (const [colour, ...rectangle] of colours) {
        pen.fillStyle = colour;
        pen.fillRect(...rectangle);
      }
    };
    paint();
    // Some captures give a picture only when something changes; this one still does while it starts.
    setTimeout(paint, 500);
    addEventListener('repaint', paint);
    return Promise.resolve(stream);
  };
}

/** Size of what a viewer sees, and its colours at the four corners and in the middle. */
async function seen(viewer: Instance): Promise<{ size: number[]; colours: string[] } | null> {
  const video = viewer.app.remoteVideo;
  if (!(await video.isVisible())) return null;
  return video.evaluate((element: HTMLVideoElement) => {
    const { videoWidth: width, videoHeight: height } = element;
    const context = new OffscreenCanvas(Math.max(1, width), Math.max(1, height)).getContext('2d', {
      willReadFrequently: true,
    });
    context?.drawImage(element, 0, 0);
    const points = [
      [1, 1],
      [width - 2, 1],
      [1, height - 2],
      [width - 2, height - 2],
      [width / 2, height / 2],
    ] as const;
    const colours = points.map(([x, y]) => {
      const [red = 0, green = 0, blue = 0] = context?.getImageData(x, y, 1, 1).data ?? [];
      return red > 120 && blue < 100
        ? 'red'
        : green > 90 && blue < 120
          ? 'green'
          : blue > 120
            ? 'blue'
            : 'else';
    });
    return { size: [width, height], colours };
  });
}

test('a part of the screen is chosen before anybody sees it, changed, and taken back', async ({ local }) => {
  const { alice, bob } = await local.addSession({ alice: { tamper: paintStillScreen } });
  const { page } = alice;
  await alice.app.chooseRegion();
  const dialog = alice.app.regionDialog;
  await expect(dialog.getByRole('textbox', { name: en.share.part.width })).toHaveValue('640');
  // Nothing is shown before the choice, and a person who changes their mind leaves nothing captured.
  await expect(bob.app.remoteVideo).toBeHidden();
  await dialog.getByRole('button', { name: en.app.cancel }).click();
  await expect(alice.app.unwatchedBar).toBeHidden();

  await alice.app.shareRegion(RED);
  const red = { size: [200, 120], colours: Array(5).fill('red') };
  await expect.poll(() => seen(bob)).toEqual(red);

  // Another part, by hand.
  await alice.app.onShare(en.share.part.another);
  const picture = page.getByTestId('region-picture');
  // The dialog comes in a movement.
  await picture.hover();
  const box = (await picture.boundingBox())!;
  const at = (x: number, y: number) =>
    [box.x + (x / 640) * box.width, box.y + (y / 360) * box.height] as const;
  await page.mouse.move(...at(GREEN.x + 110, GREEN.y + 80));
  await page.mouse.down();
  await page.mouse.move(...at(GREEN.x + 10, GREEN.y + 10), { steps: 3 });
  await page.mouse.up();
  await dialog.getByRole('button', { name: en.share.part.show }).click();
  await expect.poll(async () => (await seen(bob))?.colours).toEqual(Array(5).fill('green'));

  await alice.app.onShare(en.share.part.all);
  await page.evaluate(() => dispatchEvent(new Event('repaint')));
  await expect
    .poll(() => seen(bob))
    .toEqual({ size: [640, 360], colours: ['blue', 'blue', 'blue', 'blue', 'blue'] });
  await expect(alice.app.sharingBar).not.toContainText(en.share.part.note);
});
