import { mkdir } from 'node:fs/promises';
import { attempt, command } from './command';

/** A small real disk of its own, kept in memory. */
export class Tmpfs {
  private constructor(readonly dir: string) {}

  /** Mounts one. @param sizeBytes when it is full */
  static async mount(dir: string, sizeBytes: number): Promise<Tmpfs> {
    await mkdir(dir, { recursive: true });
    await command('mount', '-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'hither-test', dir);
    return new Tmpfs(dir);
  }

  /** From now on it is full at so many bytes. */
  async resize(sizeBytes: number): Promise<void> {
    await command('mount', '-o', `remount,size=${sizeBytes}`, this.dir);
  }

  /** From now on nothing can be written, not even by root, whom modes don't stop. */
  async makeReadOnly(): Promise<void> {
    await command('mount', '-o', 'remount,ro', this.dir);
  }

  async unmount(): Promise<void> {
    await attempt('umount', '--lazy', this.dir);
  }
}
