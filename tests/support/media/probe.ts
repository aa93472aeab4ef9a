import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** Samples a second of decoded sound. */
const RATE = 48_000;

/** What ffprobe says of a file, once it has decoded all of it. */
export interface Probed {
  /** What the file itself says; `null` where it doesn't. */
  durationSeconds: number | null;
  codecs: string[];
  width: number;
  height: number;
  pictures: number;
  /** When the last picture and the last sound are due. */
  lastPictureSeconds: number;
  lastSoundSeconds: number;
  /** The longest time without a new picture. */
  longestGapSeconds: number;
  /** What the decoders complained of. */
  complaints: string;
}

interface Frame {
  media_type: string;
  best_effort_timestamp_time?: string;
}

/** Decodes a whole file. @throws Error for one that is none */
export async function probe(path: string): Promise<Probed> {
  const shown = 'format=duration:stream=codec_name,width,height:frame=media_type,best_effort_timestamp_time';
  const args = ['-v', 'error', '-show_frames', '-show_entries', shown, '-of', 'json', path];
  const { stdout, stderr } = await run('ffprobe', args, { maxBuffer: MAX_OUTPUT_BYTES });
  const { format, streams, frames } = JSON.parse(stdout) as {
    format: { duration?: string };
    streams: { codec_name: string; width?: number; height?: number }[];
    frames: Frame[];
  };
  const timesOf = (kind: string) =>
    frames
      .filter((frame) => frame.media_type === kind)
      .map((frame) => Number(frame.best_effort_timestamp_time));
  const pictures = timesOf('video');
  const picture = streams.find(({ width }) => width !== undefined);
  return {
    durationSeconds: format.duration === undefined ? null : Number(format.duration),
    codecs: streams.map(({ codec_name: name }) => name).sort(),
    width: picture?.width ?? 0,
    height: picture?.height ?? 0,
    pictures: pictures.length,
    lastPictureSeconds: pictures.at(-1) ?? 0,
    lastSoundSeconds: timesOf('audio').at(-1) ?? 0,
    longestGapSeconds: Math.max(0, ...pictures.slice(1).map((time, n) => time - (pictures[n] ?? 0))),
    complaints: stderr,
  };
}

/** The mean colour of a part of the picture that stands at a time: the middle, or its upper left corner. */
export async function colourAt(
  path: string,
  seconds: number,
  part: 'middle' | 'corner' = 'middle',
): Promise<number[]> {
  const place = part === 'middle' ? 'crop=40:40' : 'crop=40:40:0:0';
  // Behind the input: a file without an index is read from its beginning, and the picture is the one that stands then.
  const args = ['-v', 'error', '-i', path, '-ss', String(seconds), '-frames:v', '1'];
  const filters = ['-vf', `${place},scale=1:1`, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
  const { stdout } = await run('ffmpeg', [...args, ...filters], { encoding: 'buffer' });
  return [...stdout];
}

/** How much of a tone is in a second of the sound: the amplitude of that frequency, 1 for full scale. */
export async function toneIn(path: string, fromSeconds: number, hertz: number): Promise<number> {
  const args = ['-v', 'error', '-i', path, '-ss', String(fromSeconds), '-t', '1', '-ac', '1'];
  const format = ['-ar', String(RATE), '-f', 'f32le', '-'];
  const { stdout } = await run('ffmpeg', [...args, ...format], {
    encoding: 'buffer',
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  const samples = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  let [real, imaginary] = [0, 0];
  for (const [n, sample] of samples.entries()) {
    const angle = (2 * Math.PI * hertz * n) / RATE;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  }
  return samples.length === 0 ? 0 : (2 * Math.hypot(real, imaginary)) / samples.length;
}
