import { useState } from 'react';
import { useApp, useModel } from './AppModelContext';

/**
 * A box beside a question: whether a trusted device may do what it asks for without one from now on. Screens are not among it: what
 * would be shown unasked is more than what this one question is about.
 */
export interface StandingConsent {
  kind: 'connect' | 'sendFiles';
  isChosen: boolean;
  choose: (isChosen: boolean) => void;
}

/**
 * What belongs to the question of a device for something that may be allowed for good.
 * @returns the box, `null` for a device that is not trusted or that may do it already, and what makes it so along with the answer
 */
export function useStandingConsent(
  deviceId: string | null,
  kind: StandingConsent['kind'],
): { consent: StandingConsent | null; give: () => void } {
  const model = useModel();
  const [isChosen, choose] = useState(false);
  const trusted = useApp(({ core }) => core.trusted.find((device) => device.deviceId === deviceId));
  if (!trusted || trusted.permissions[kind] === 'allow') return { consent: null, give: () => undefined };
  const { deviceId: of, permissions } = trusted;
  const give = () => {
    if (!isChosen) return;
    const args = { deviceId: of, permissions: { ...permissions, [kind]: 'allow' } as const };
    void model.attempt(() => model.core.backend.request('trust:update', args));
  };
  return { consent: { kind, isChosen, choose }, give };
}
