// Hands the window's own state to components, and lets them add actions to the command list.

import { createContext, useContext, useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { startView } from './ui-store.ts';
import type { Action, InvoiceView, Message, UiState, UiStore } from './ui-store.ts';

const UiContext = createContext<UiStore | null>(null);

/** Gives everything below the window's state. */
export function UiProvider({ store, children }: { readonly store: UiStore; readonly children: ReactNode }): ReactNode {
  return <UiContext.Provider value={store}>{children}</UiContext.Provider>;
}

/** A part of the window's state; renders again when that part changes. */
export function useUi<T>(select: (state: UiState) => T): T {
  const useStore = useContext(UiContext);
  if (useStore === null) throw new Error('useUi needs a UiProvider above it.');
  return useStore(select);
}

/** Shows a short message. */
export function useSay(): (message: Omit<Message, 'id'>) => void {
  return useUi((state) => state.say);
}

/** Order, filter and chosen row of a batch's invoice table. */
export function useInvoiceView(batchId: string): InvoiceView {
  return useUi((state) => state.invoiceViews[batchId] ?? startView);
}

/** Offers actions in the command list, with their keys, while the component is there. Equal actions made anew in each render cost nothing. */
export function useActions(actions: readonly Action[]): void {
  const addActions = useUi((state) => state.addActions);
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const texts = JSON.stringify(
    actions.map(({ id, group, label, keys }) => ({ id, group, label, ...(keys === undefined ? {} : { keys }) })),
  );
  useEffect(() => {
    const known = latest.current;
    return addActions(
      known.map((action) => ({ ...action, run: () => latest.current.find(({ id }) => id === action.id)?.run() })),
    );
    // The texts are the identity: what an action does is looked up when it is run.
  }, [addActions, texts]);
}
