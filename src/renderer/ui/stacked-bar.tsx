// A thin bar of how many invoices are in which state, with the numbers for eyes that want them and for screen readers.

import type { ReactNode } from 'react';
import { invoiceStates } from '../../shared/schema/batch.ts';
import type { InvoiceState, StateCount } from '../../shared/schema/batch.ts';
import { useFormats, useWords } from '../words/use-words.ts';
import { toneOfInvoice } from './state-badge.tsx';
import './stacked-bar.css';

/** Order of the parts: what is done first, what needs a person last. */
const order = [
  'sent',
  'waiting',
  'ready',
  'held',
  'excluded',
  'quarantined',
  'failed',
  'unknown',
] as const satisfies readonly InvoiceState[];

/** States with their counts in the bar's order, empty ones left out. */
export function orderedCounts(counts: readonly StateCount[]): readonly StateCount[] {
  return order.flatMap((state) => counts.filter((entry) => entry.state === state && entry.count > 0));
}

/** The bar alone; its numbers are its name. */
export function StackedBar({ counts }: { readonly counts: readonly StateCount[] }): ReactNode {
  const t = useWords('common');
  const parts = orderedCounts(counts);
  const text = parts.map((part) => t(`counted.${part.state}`, { count: part.count })).join(', ');
  return (
    <div className="stacked-bar" role="img" aria-label={text} title={text}>
      {parts.map((part) => (
        <span
          key={part.state}
          className={`stacked-part part-${part.state} tone-${toneOfInvoice(part.state)}`}
          style={{ flexGrow: part.count }}
        />
      ))}
    </div>
  );
}

/** The bar with a legend that can be pressed to filter. Counts and sums add up to the batch. */
export function StackedLegend({
  counts,
  onPick,
}: {
  readonly counts: readonly StateCount[];
  readonly onPick: (state: InvoiceState) => void;
}): ReactNode {
  const t = useWords('common');
  const formats = useFormats();
  return (
    <ul className="stacked-legend">
      {orderedCounts(counts).map((part) => (
        <li key={part.state}>
          <button
            type="button"
            className="legend-item"
            onClick={() => onPick(part.state)}
            title={formats.sums(part.sums)}
          >
            <span className={`legend-swatch part-${part.state} tone-${toneOfInvoice(part.state)}`} />
            {t(`counted.${part.state}`, { count: part.count })}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Every state the bar can show; a test holds it against the schema's list. */
export const barStates: readonly InvoiceState[] = invoiceStates.filter((state) => order.includes(state));
