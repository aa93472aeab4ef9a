import { app, settings, welcome } from './app';
import { home } from './home';
import { ends, errors, facts, nameFaults, notices } from './problems';
import { session, share } from './session';
import { transfers } from './transfers';

/** The English catalogue, which every other one is typed after. */
export const en = {
  app,
  settings,
  welcome,
  home,
  session,
  share,
  transfers,
  errors,
  facts,
  nameFaults,
  ends,
  notices,
} as const;
