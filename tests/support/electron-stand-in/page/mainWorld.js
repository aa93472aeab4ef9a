/* global config, joinWorlds */
// The page's own world. Everything here is out of the page's reach but what the preload exposes.
if (window === window.top || config.hasSubFrames) {
  let ask = () => Promise.resolve(null);
  joinWorlds(`${config.token}-main`, `${config.token}-preload`, (key, value) => {
    if (key === config.token) ask = value;
    else Object.defineProperty(window, key, { value, enumerable: true });
  });

  // Electron asks the app which source to capture; here Chromium captures the whole screen and the rest is cut off.
  // Only secure pages have it.
  const devices = window.MediaDevices?.prototype ?? {};
  const capture = devices.getDisplayMedia;
  devices.getDisplayMedia = async function getDisplayMedia(options = {}) {
    const { origin } = document.location;
    const isAsked = (kind) => (options[kind] ?? kind === 'video') !== false;
    const asked = { isVideo: isAsked('video'), isAudio: isAsked('audio') };
    const source = await ask({ kind: 'display-media', ...asked, origin });
    if (source === null) throw new DOMException('Permission denied', 'NotAllowedError');
    const stream = await capture.call(this, { ...options, audio: false });
    const [track] = stream.getVideoTracks();
    const picture = source.area === null ? track : cropped(track, source);
    return new MediaStream([picture, ...(source.hasSound ? [computerSound()] : [])]);
  };

  /** What the computer plays here is one tone, of 660 Hz: no machine of a test need have a sound server. */
  function computerSound() {
    const context = new AudioContext();
    const tone = context.createOscillator();
    const output = context.createMediaStreamDestination();
    tone.frequency.value = 660;
    tone.connect(output);
    tone.start();
    return output.stream.getAudioTracks()[0];
  }

  // Electron asks the app about each of them; here Chromium has been told that it may, for the names and addresses.
  const open = devices.getUserMedia;
  devices.getUserMedia = async function getUserMedia(constraints = {}) {
    const mediaTypes = ['audio', 'video'].filter((type) => constraints[type]);
    if (!(await ask({ kind: 'user-media', mediaTypes, origin: document.location.origin })))
      throw new DOMException('Permission denied', 'NotAllowedError');
    return open.call(this, constraints);
  };

  /** A track of one part of the screen: pixels of the running capture, cut out frame by frame. */
  function cropped(track, { area, screen }) {
    const output = new MediaStreamTrackGenerator({ kind: 'video' });
    const cut = new TransformStream({
      transform(frame, controller) {
        const scale = frame.displayWidth / screen.width;
        const even = (value) => 2 * Math.floor((value * scale) / 2);
        const visibleRect = {
          ...{ x: even(area.x), y: even(area.y) },
          ...{ width: even(area.width), height: even(area.height) },
        };
        const { width: displayWidth, height: displayHeight } = visibleRect;
        controller.enqueue(new VideoFrame(frame, { visibleRect, displayWidth, displayHeight }));
        frame.close();
      },
    });
    const stop = output.stop.bind(output);
    output.stop = () => {
      track.stop();
      stop();
    };
    new MediaStreamTrackProcessor({ track }).readable
      .pipeThrough(cut)
      .pipeTo(output.writable)
      .catch(() => undefined);
    return output;
  }
}
