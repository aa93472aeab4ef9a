import { app, settings, welcome } from './app';
import { doctor } from './doctor';
import { home } from './home';
import { invites } from './invites';
import { linkCheck } from './linkCheck';
import { ends, errors, facts, nameFaults, notices } from './problems';
import { quality, stats } from './quality';
import { recording } from './recording';
import { session, share } from './session';
import { sound } from './sound';
import { texts } from './texts';
import { transfers } from './transfers';
import { codeIcons, keyChanged, requests, trust, verify } from './trust';
import { voice } from './voice';

/** The English catalogue, which every other one is typed after. */
export const en = {
  app,
  settings,
  welcome,
  home,
  doctor,
  linkCheck,
  invites,
  session,
  share,
  quality,
  stats,
  voice,
  sound,
  recording,
  transfers,
  texts,
  verify,
  keyChanged,
  trust,
  requests,
  codeIcons,
  errors,
  facts,
  nameFaults,
  ends,
  notices,
} as const;
