// Money, dates and counts as the language writes them, in the markup that aligns them.

import type { ReactNode } from 'react';
import type { Money as MoneyValue } from '../../shared/schema/batch.ts';
import { useFormats } from '../words/use-words.ts';

/** An amount with its currency, kept on one line. */
export function Money({ value }: { readonly value: MoneyValue }): ReactNode {
  return <span className="numeric">{useFormats().money(value)}</span>;
}

/** Amounts in several currencies. */
export function Sums({ values }: { readonly values: readonly MoneyValue[] }): ReactNode {
  return <span className="numeric">{useFormats().sums(values)}</span>;
}

/** A moment, given in milliseconds, in the machine's time zone; with seconds and the zone where it is evidence. */
export function Moment({
  atMs,
  hasZone = false,
}: {
  readonly atMs: number | null;
  readonly hasZone?: boolean;
}): ReactNode {
  const formats = useFormats();
  return atMs === null ? (
    <span className="faint">–</span>
  ) : (
    <time dateTime={new Date(atMs).toISOString()}>
      {hasZone ? formats.zonedDateTime(atMs) : formats.dateTime(atMs)}
    </time>
  );
}
