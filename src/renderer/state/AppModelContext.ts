import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppModel, AppStore } from './store';

/** Carries the model to the components; `main.tsx` makes it. */
export const AppModelContext = createContext<AppModel | null>(null);

/**
 * The model: what a person can do.
 * @throws Error outside of the provider
 */
export function useModel(): AppModel {
  const model = useContext(AppModelContext);
  if (!model) throw new Error('no AppModelContext above this component');
  return model;
}

/** A part of the store; the component draws again when that part changes. */
export function useApp<T>(selector: (state: AppStore) => T): T {
  return useStore(useModel().store, selector);
}
