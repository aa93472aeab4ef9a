import { describe, expect, it } from 'vitest';
import { constraintsOf } from '../../../../src/renderer/core/media/user/userConstraints';
import { userFailureOf } from '../../../../src/renderer/core/media/user/userFailure';
import { chosenIn, DeviceList, type DeviceLists } from '../../../../src/renderer/core/media/user/DeviceList';
import { VoiceSettings } from '../../../../src/shared/settings/voice';

const headset = { deviceId: 'a1', label: 'Headset' };

describe('asking for a microphone or a camera', () => {
  it('has the browser clean the voice unless the person does not want it', () => {
    expect(constraintsOf('microphone', VoiceSettings.parse({}), null)).toEqual({
      audio: {
        ...{ echoCancellation: true, noiseSuppression: true, autoGainControl: true },
        channelCount: { ideal: 1 },
      },
    });
    const music = VoiceSettings.parse({ noiseSuppression: false });
    expect(constraintsOf('microphone', music, headset)).toMatchObject({
      audio: { noiseSuppression: false, deviceId: { ideal: 'a1' } },
    });
  });

  it('asks a camera for 720p at 30 pictures a second', () => {
    expect(constraintsOf('camera', VoiceSettings.parse({}), null)).toEqual({
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
    });
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ])('tells %s as %s', (name, what) => {
    expect(userFailureOf('microphone', new DOMException('', name))).toBe(`microphone-${what}`);
    expect(userFailureOf('camera', new DOMException('', name))).toBe(`camera-${what}`);
  });

  it('is a no where the page has no devices at all', () => {
    expect(userFailureOf('microphone', new TypeError('undefined is not an object'))).toBe(
      'microphone-denied',
    );
  });
});

describe('the devices there are', () => {
  const listed = [
    { kind: 'audioinput', deviceId: 'default', label: 'Default - Headset' },
    { kind: 'audioinput', deviceId: 'a1', label: 'Headset' },
    { kind: 'audiooutput', deviceId: 'o1', label: 'Speakers' },
    // Before the first permission: one of a kind, and nothing to know it by.
    { kind: 'videoinput', deviceId: 'v1', label: '' },
  ] as const;

  it('are listed by kind, without those that stand for others or have no name', async () => {
    const devices = Object.assign(new EventTarget(), {
      enumerateDevices: () => Promise.resolve(listed as unknown as MediaDeviceInfo[]),
    });
    const seen: DeviceLists[] = [];
    await new DeviceList(devices, (lists) => seen.push(lists)).refresh();
    expect(seen[0]).toEqual({
      microphones: [headset],
      cameras: [],
      speakers: [{ deviceId: 'o1', label: 'Speakers' }],
    });
  });

  it('are found again by their name where the id is another one', () => {
    expect(chosenIn([headset], { deviceId: 'a1', label: 'Renamed' })).toBe(headset);
    expect(chosenIn([headset], { deviceId: 'z9', label: 'Headset' })).toBe(headset);
    expect(chosenIn([headset], { deviceId: 'z9', label: 'Other' })).toBeNull();
    expect(chosenIn([headset], null)).toBeNull();
  });

  it('are read anew when one comes or goes, and an answer that was overtaken counts for nothing', async () => {
    const answers: ((devices: MediaDeviceInfo[]) => void)[] = [];
    const devices = Object.assign(new EventTarget(), {
      enumerateDevices: () => new Promise<MediaDeviceInfo[]>((resolve) => answers.push(resolve)),
    });
    const counts: number[] = [];
    const stop = new DeviceList(devices, ({ microphones }) => counts.push(microphones.length)).start();
    devices.dispatchEvent(new Event('devicechange'));
    answers[1]!(listed as unknown as MediaDeviceInfo[]);
    answers[0]!([]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(counts).toEqual([1]);
    stop();
    devices.dispatchEvent(new Event('devicechange'));
    expect(answers).toHaveLength(2);
  });
});
