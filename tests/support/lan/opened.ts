import { afterEach } from 'vitest';
import { SignalingEnd } from './SignalingEnd';

const closers: (() => unknown)[] = [];

/** Has something closed when the test is over. */
export function afterwards(close: () => unknown): void {
  closers.push(close);
}

/** A listening end that is closed when the test is over. */
export async function end(options?: ConstructorParameters<typeof SignalingEnd>[0]): Promise<SignalingEnd> {
  const made = await new SignalingEnd(options).listen();
  afterwards(() => made.close());
  return made;
}

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
