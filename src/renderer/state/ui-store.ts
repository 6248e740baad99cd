// What the window remembers about itself: views, sizes, messages, the command list. Nothing that the engine knows.

import { create } from 'zustand';
import type { StoreApi, UseBoundStore } from 'zustand';
import { z } from 'zod';
import type { MethodInput } from '../../shared/contract/methods.ts';
import type { ProblemFilter } from '../../shared/schema/problem.ts';

/** Order and filter of a batch's invoice table; what `invoice.page` and `invoice.get` take. */
export type InvoiceOrder = Pick<MethodInput<'invoice.get'>, 'filter' | 'sort' | 'isDescending'>;

/** How a batch's invoices are shown. */
export interface InvoiceView extends InvoiceOrder {
  /** The invoice the preview shows. */
  readonly activeId: number | null;
}

/** A short message; `error` stays until dismissed, others go by themselves. */
export interface Message {
  readonly id: number;
  readonly tone: 'good' | 'info' | 'error';
  readonly text: string;
  /** The next step, when there is one. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Something that can be done from the command list (Ctrl/Cmd K) and by its key. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** Written as `mod+k`, `mod+shift+o`; `mod` is Ctrl, or Cmd on a Mac. */
  readonly keys?: string;
  /** Where it belongs, as a heading. */
  readonly group: string;
  readonly run: () => void;
}

/** State of the window. */
export interface UiState {
  readonly invoiceViews: Readonly<Record<string, InvoiceView>>;
  /** Which of a batch's problems are shown, by batch. */
  readonly problemFilters: Readonly<Record<string, ProblemFilter>>;
  /** Share of the first part of a splitter, 0 to 1, by the splitter's name. */
  readonly splits: Readonly<Record<string, number>>;
  readonly messages: readonly Message[];
  readonly actions: readonly Action[];
  readonly isPaletteOpen: boolean;
  readonly changeInvoiceView: (batchId: string, change: Partial<InvoiceView>) => void;
  readonly changeProblemFilter: (batchId: string, change: Partial<ProblemFilter>) => void;
  readonly setSplit: (name: string, share: number) => void;
  readonly say: (message: Omit<Message, 'id'>) => void;
  readonly dismissMessage: (id: number) => void;
  /** Adds actions; the returned function takes them away. */
  readonly addActions: (actions: readonly Action[]) => () => void;
  readonly setPaletteOpen: (isOpen: boolean) => void;
}

/** A store that components subscribe to. */
export type UiStore = UseBoundStore<StoreApi<UiState>>;

/** Every problem. */
export const everyProblem: ProblemFilter = { severities: [], ruleIds: [], fields: [], search: '' };

/** Every invoice, as in the file. */
export const startView: InvoiceView = { filter: {}, sort: 'ordinal', isDescending: false, activeId: null };

const storageKey = 'utskick.splits';
const splitsSchema = z.record(z.string(), z.number().min(0.05).max(0.95));
/** More would cover the work. */
const mostMessages = 4;

/** Creates the store; sizes are kept in `storage` (the window's own), everything else is forgotten on closing. */
export function createUiStore(storage: Pick<Storage, 'getItem' | 'setItem'>): UiStore {
  let nextMessageId = 1;
  return create<UiState>()((set, get) => ({
    invoiceViews: {},
    problemFilters: {},
    splits: readSplits(storage),
    messages: [],
    actions: [],
    isPaletteOpen: false,
    changeInvoiceView: (batchId, change) =>
      set((state) => ({
        invoiceViews: {
          ...state.invoiceViews,
          [batchId]: { ...(state.invoiceViews[batchId] ?? startView), ...change },
        },
      })),
    changeProblemFilter: (batchId, change) =>
      set((state) => ({
        problemFilters: {
          ...state.problemFilters,
          [batchId]: { ...(state.problemFilters[batchId] ?? everyProblem), ...change },
        },
      })),
    setSplit: (name, share) => {
      set((state) => ({ splits: { ...state.splits, [name]: share } }));
      storage.setItem(storageKey, JSON.stringify(get().splits));
    },
    say: (message) =>
      set((state) => {
        const id = nextMessageId;
        nextMessageId += 1;
        return {
          messages: [...state.messages.filter(({ text }) => text !== message.text), { ...message, id }].slice(
            -mostMessages,
          ),
        };
      }),
    dismissMessage: (id) => set((state) => ({ messages: state.messages.filter((message) => message.id !== id) })),
    addActions: (actions) => {
      set((state) => ({ actions: [...state.actions, ...actions] }));
      return () => set((state) => ({ actions: state.actions.filter((action) => !actions.includes(action)) }));
    },
    setPaletteOpen: (isPaletteOpen) => set({ isPaletteOpen }),
  }));
}

function readSplits(storage: Pick<Storage, 'getItem'>): Readonly<Record<string, number>> {
  const text = storage.getItem(storageKey);
  if (text === null) return {};
  try {
    const parsed = splitsSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch (error) {
    // Sizes are a convenience: damaged ones are forgotten, and the next change writes them anew.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
