import type { Meter } from './LevelMeters';

/** Samples that are looked at: 85 ms at 48 kHz, so that little is missed between two looks. */
const WINDOW = 4096;

/**
 * Opens meters of streams by Web Audio: `null` where a stream has no sound. They share one audio context, as each has a
 * thread of its own, which sleeps while nothing is measured.
 */
export function meterOpener(): (stream: MediaStream) => Meter | null {
  let context: AudioContext | null = null;
  let openCount = 0;
  return (stream) => {
    if (stream.getAudioTracks().length === 0) return null;
    context ??= new AudioContext({ latencyHint: 'playback' });
    const audio = context;
    openCount += 1;
    return openMeter(audio, stream, () => {
      openCount -= 1;
      if (openCount === 0) void audio.suspend().catch(() => undefined);
    });
  };
}

function openMeter(audio: AudioContext, stream: MediaStream, onClosed: () => void): Meter {
  const source = audio.createMediaStreamSource(stream);
  const analyser = audio.createAnalyser();
  analyser.fftSize = WINDOW;
  source.connect(analyser);
  const samples = new Float32Array(WINDOW);
  return {
    read: () => {
      // Browsers let it run once the person has clicked somewhere.
      if (audio.state !== 'running') {
        void audio.resume().catch(() => undefined);
        return null;
      }
      analyser.getFloatTimeDomainData(samples);
      let peak = 0;
      let squares = 0;
      for (const sample of samples) {
        peak = Math.max(peak, Math.abs(sample));
        squares += sample * sample;
      }
      return { rms: Math.sqrt(squares / WINDOW), peak };
    },
    close: () => {
      source.disconnect();
      onClosed();
    },
  };
}
