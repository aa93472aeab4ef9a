// A backend in a worker, which is told in the first message with what.
import { hostBackend, type HostOptions } from './hostBackend';

addEventListener('message', ({ data }: MessageEvent<HostOptions>) => void hostBackend(data), { once: true });
