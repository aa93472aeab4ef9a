import { EventEmitter } from 'node:events';
import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron';
import { app } from './app';
import { named } from './named';

type Members = Pick<ElectronNotification, 'body' | 'close' | 'show' | 'title'>;

/** Electron's `Notification`: the system shows none; a spec listens in by putting its own `show` in the prototype. */
export class Notification extends EventEmitter implements Members {
  title: string;
  body: string;
  #isShown = false;

  constructor({ title = '', body = '' }: NotificationConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create Notification before app is ready');
    this.title = title;
    this.body = body;
    return named('Notification', this);
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.#isShown = true;
    this.emit('show', {});
  }

  close(): void {
    if (this.#isShown) this.emit('close', {});
    this.#isShown = false;
  }
}
