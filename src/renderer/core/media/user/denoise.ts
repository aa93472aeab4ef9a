import type { Captured } from '../LocalMedia';

/** What RNNoise was trained with, in Hz. */
const SAMPLE_RATE = 48_000;

/**
 * Takes the noise out of a captured microphone by RNNoise, a small neural network that listens in steps of 10 ms. It is fetched when it is
 * first used (160 kB). What is given back stands for what was captured, and ends and is released with it.
 * @throws whatever the browser says where it can't load the network; the captured microphone is as before then
 */
export async function denoise(captured: Captured): Promise<Captured> {
  const [{ RnnoiseWorkletNode, loadRnnoise }, worklet, wasm, simdWasm] = await Promise.all([
    import('@sapphi-red/web-noise-suppressor'),
    import('@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url'),
    import('@sapphi-red/web-noise-suppressor/rnnoise.wasm?url'),
    import('@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url'),
  ]);
  const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' });
  try {
    const wasmBinary = await loadRnnoise({ url: wasm.default, simdUrl: simdWasm.default });
    await context.audioWorklet.addModule(worklet.default);
    const network = new RnnoiseWorkletNode(context, { wasmBinary, maxChannels: 1 });
    const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    const raw = captured.track;
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([raw]) })
      .connect(network)
      .connect(out);
    const [track] = out.stream.getAudioTracks();
    if (!track) throw new Error('the audio graph has no track');
    // Only a device ends by itself: what is made of it has to be told.
    raw.addEventListener('ended', () => {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    });
    const release = (): void => {
      for (const each of [raw, ...captured.stream.getTracks()]) each.stop();
      network.destroy();
      if (context.state !== 'closed') void context.close();
    };
    return { track, stream: new MediaStream([track.clone()]), label: captured.label, release };
  } catch (error) {
    void context.close();
    throw error;
  }
}
