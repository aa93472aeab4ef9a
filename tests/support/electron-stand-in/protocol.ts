import type { CustomScheme, Protocol } from 'electron';
import { app } from './app';
import { addScheme } from './appUrls';
import { named } from './named';

type Handler = Parameters<Protocol['handle']>[1];

const handlers = new Map<string, Handler>();

/** Answers a request of the page from the app's handler; `null` where the scheme has none. */
export async function answerRequest(scheme: string, request: Request): Promise<Response | null> {
  const handler = handlers.get(scheme);
  return handler === undefined ? null : handler(request);
}

export const protocol = named('protocol', {
  registerSchemesAsPrivileged(schemes: CustomScheme[]) {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure)
        throw new Error(`the Electron stand-in serves no scheme that is not standard and secure: ${scheme}`);
      addScheme(scheme);
    }
  },
  handle(scheme: string, handler: Handler) {
    if (!app.isReady()) throw new Error('protocol.handle can only be used after app is ready');
    if (handlers.has(scheme)) throw new Error(`${scheme} is handled already`);
    handlers.set(scheme, handler);
  },
} satisfies Partial<Protocol>);
