import { TwoBackends } from './TwoBackends';

window.twoBackends = new TwoBackends();
