import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs a program to its end and returns what it printed.
 * @throws Error with the program's own complaint when it exits with anything but 0
 */
export async function command(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await execute(program, args, { maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}

/** Runs a program that may well fail, as in cleaning up what is perhaps gone; tells whether it did its work. */
export async function attempt(program: string, ...args: string[]): Promise<boolean> {
  return command(program, ...args).then(
    () => true,
    () => false,
  );
}
