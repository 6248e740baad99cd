// Which key means what in a data grid. Positions only; rows and drawing are elsewhere.

/** What a key asks for. */
export type GridKey =
  | { readonly kind: 'move'; readonly to: number; readonly isRange: boolean }
  | { readonly kind: 'open' }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'all' };

/** What is known when a key is pressed. `index` is -1 while no row is active. */
export interface GridKeyFacts {
  readonly key: string;
  readonly isShift: boolean;
  readonly isMod: boolean;
  readonly index: number;
  readonly total: number;
  readonly pageRows: number;
}

/** Reads a key; null when the grid has no use for it. */
export function gridKey(facts: GridKeyFacts): GridKey | null {
  const { key, index, total, pageRows, isMod, isShift } = facts;
  if (isMod) return key.toLowerCase() === 'a' ? { kind: 'all' } : null;
  if (key === 'Enter') return { kind: 'open' };
  if (key === ' ') return { kind: 'toggle' };
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    j: index + 1,
    ArrowUp: index - 1,
    k: index - 1,
    PageDown: index + pageRows,
    PageUp: index - pageRows,
    Home: 0,
    End: total - 1,
  };
  const target = targets[key];
  if (target === undefined || total === 0) return null;
  return { kind: 'move', to: Math.min(total - 1, Math.max(0, target)), isRange: isShift };
}
