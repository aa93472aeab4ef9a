import { app, settings, welcome } from './app';
import { home } from './home';
import { ends, errors, facts, nameFaults, notices } from './problems';
import { session, share } from './session';
import { transfers } from './transfers';

/** The Korean catalogue: 해요체 throughout, names only before particles that no final consonant changes. */
export const ko = {
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
};
