import { en } from '../../../src/renderer/i18n/en';
import type { Instance } from './Instance';

/** Opens the dialog for voice and camera. */
export async function openDevices(speaker: Instance): Promise<void> {
  await speaker.page.getByRole('button', { name: en.voice.mic.more, exact: true }).click();
  await speaker.page.getByRole('menuitem', { name: en.voice.devices.settings }).click();
}

/** Turns one of its switches for a voice over. */
export async function toggleProcessing({ page }: Instance, name: string): Promise<void> {
  // Its name goes on with what it does; one begins as no other one does.
  const [first = name] = name.split('(');
  await page.getByRole('switch', { name: new RegExp(`^${first}`) }).click();
}

/** Turns switches of the dialog over, in this order. */
export async function setProcessing(speaker: Instance, names: readonly string[]): Promise<void> {
  await openDevices(speaker);
  for (const name of names) await toggleProcessing(speaker, name);
  await speaker.page.keyboard.press('Escape');
}
