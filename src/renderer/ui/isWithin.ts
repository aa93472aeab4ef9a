import type { SyntheticEvent } from 'react';

/** Whether an event comes from inside an element as it stands in the page: React passes on those of dialogs that it opened, too. */
export function isWithin({ currentTarget, target }: SyntheticEvent): boolean {
  return target instanceof Node && currentTarget.contains(target);
}
