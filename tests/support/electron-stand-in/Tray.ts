import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Menu, NativeImage, Tray as ElectronTray } from 'electron';
import { app } from './app';
import { named } from './named';

type Members = Pick<ElectronTray, 'destroy' | 'isDestroyed' | 'setContextMenu' | 'setToolTip'>;

/** How a PNG and an icon file of Windows begin. */
const SIGNATURES = [Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('00000100', 'hex')];

/**
 * Electron's `Tray`: drawn nowhere. A spec listens in by putting its own `setContextMenu` in the prototype, clicks the
 * menu's items by their `click`, and the icon by emitting `click`.
 */
export class Tray extends EventEmitter implements Members {
  #isDestroyed = false;

  /** @throws Error for a picture that is not there or none */
  constructor(image: NativeImage | string) {
    super();
    if (!app.isReady()) throw new Error('Cannot create Tray before app is ready');
    if (typeof image !== 'string') throw new Error('the Electron stand-in makes trays from files alone');
    const head = readHead(image);
    if (!SIGNATURES.some((signature) => head.subarray(0, signature.length).equals(signature)))
      throw new Error(`Failed to load image from path '${image}'`);
    return named('Tray', this);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  destroy(): void {
    this.#isDestroyed = true;
  }

  setToolTip(toolTip: string): void {
    this.#check();
    if (typeof toolTip !== 'string') throw new TypeError('setToolTip takes a string');
  }

  setContextMenu(menu: Menu | null): void {
    this.#check();
    if (menu !== null && typeof menu !== 'object') throw new TypeError('setContextMenu takes a menu');
  }

  #check(): void {
    if (this.#isDestroyed) throw new Error('Tray is destroyed');
  }
}

function readHead(path: string): Buffer {
  try {
    return readFileSync(path).subarray(0, 8);
  } catch {
    throw new Error(`Failed to load image from path '${path}'`);
  }
}
