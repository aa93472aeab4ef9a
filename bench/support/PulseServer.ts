import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempt, command } from '../../tests/support/lab/command';
import { stopProcess } from '../../tests/support/lab/stopProcess';

/** How long it may take to listen, in ms. */
const START_MS = 10_000;
/** What each program asks for, in ms: a sound server's own delay would hide what is measured. */
const LATENCY_MS = 5;
const RATE = 48_000;

/** What a null sink was played, as samples of 16 bits, and when each piece was read, in ms since the epoch. */
export interface Piece {
  atMs: number;
  samples: Int16Array;
}

/** A sound server of its own with two null sinks: what is played to `mouth` is its microphone, and `ear` is listened to. */
export class PulseServer {
  readonly #server: ChildProcess;
  readonly #programs: ChildProcess[] = [];

  private constructor(
    readonly socket: string,
    server: ChildProcess,
  ) {
    this.#server = server;
  }

  static async start(dir: string): Promise<PulseServer> {
    const socket = join(dir, 'pulse.socket');
    const modules = [
      `module-native-protocol-unix socket=${socket} auth-anonymous=1`,
      'module-null-sink sink_name=mouth rate=48000 channels=1',
      'module-null-sink sink_name=ear rate=48000 channels=1',
      // Chromium takes no monitor for a microphone.
      'module-remap-source master=mouth.monitor source_name=microphone channels=1',
    ];
    const options = ['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--log-level=error'];
    const env = { ...process.env, HOME: dir, XDG_RUNTIME_DIR: dir };
    const server = spawn('pulseaudio', [...options, ...modules.flatMap((each) => ['-L', each])], {
      stdio: 'ignore',
      env,
    });
    const pulse = new PulseServer(socket, server);
    for (let waited = 0; !(await pulse.#isUp()); waited += 100) {
      if (waited > START_MS) throw new Error('PulseAudio did not start');
      await sleep(100);
    }
    return pulse;
  }

  /** Has a program listen to the microphone, and play to the ear. */
  readonly wrap = (program: string, ...args: string[]): [string, ...string[]] => [
    ...(['env', `PULSE_SERVER=${this.socket}`, 'PULSE_SOURCE=microphone', 'PULSE_SINK=ear'] as const),
    program,
    ...args,
  ];

  /** Plays samples to the microphone, at 48 kHz; resolves when all are on their way. */
  async play(samples: Int16Array): Promise<void> {
    const player = this.#run('pacat', '--playback', '--device=mouth');
    await new Promise<void>((resolve, reject) => {
      player.once('exit', () => resolve());
      player.once('error', reject);
      player.stdin?.end(Buffer.from(samples.buffer));
    });
  }

  /** Listens to what a sink is played from now on; @returns what ends it, and gives what was heard */
  listen(sink: 'mouth' | 'ear'): () => Promise<Piece[]> {
    const heard: Piece[] = [];
    const recorder = this.#run('parec', `--device=${sink}.monitor`);
    recorder.stdout?.on('data', (chunk: Buffer) => {
      const even = chunk.subarray(0, chunk.length & ~1);
      heard.push({ atMs: Date.now(), samples: new Int16Array(Uint8Array.from(even).buffer) });
    });
    return async () => {
      await stopProcess(recorder, 'SIGTERM');
      return heard;
    };
  }

  async stop(): Promise<void> {
    for (const program of this.#programs) await stopProcess(program, 'SIGTERM');
    await stopProcess(this.#server, 'SIGTERM');
  }

  #run(program: string, ...args: string[]): ChildProcess {
    const form = [
      '--raw',
      '--format=s16le',
      `--rate=${RATE}`,
      '--channels=1',
      `--latency-msec=${LATENCY_MS}`,
    ];
    const child = spawn(program, [`--server=${this.socket}`, ...form, ...args], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#programs.push(child);
    return child;
  }

  async #isUp(): Promise<boolean> {
    if (!(await attempt('pactl', `--server=${this.socket}`, 'info'))) return false;
    return (await command('pactl', `--server=${this.socket}`, 'list', 'short', 'sources')).includes(
      'microphone',
    );
  }
}
