// Sums that a format does not state but that follow from others by its own rules. Nothing is rounded here.

import type { InvoiceLine, Totals } from '../../shared/schema/invoice.ts';
import type { CompiledDialect } from './compile-dialects.ts';
import type { FieldTrace } from './field-values.ts';
import type { Profile } from './profile-schema.ts';
import type { RawRecord } from './record.ts';

/** What the sums follow from. */
export interface DerivedFrom {
  readonly profile: Profile;
  readonly dialect: CompiledDialect | null;
  readonly lines: readonly InvoiceLine[];
  readonly record: RawRecord;
  readonly trace: FieldTrace | null;
}

/** The totals with what the profile derives. A derived sum has the place of the value it follows from. */
export function deriveTotals(stated: Totals, from: DerivedFrom): Totals {
  const { derive } = from.profile;
  const isRoundingInside = from.dialect?.dialect.roundingInGross === true;
  if (derive === undefined) return isRoundingInside ? withoutRounding(stated) : stated;
  const totals = { ...stated };
  const { lines, record, trace } = from;
  const slot = record.plan.fields.get('totals.payableMinor')?.slots[0];
  for (const [name, source] of Object.entries(derive)) {
    const field = totalNames[name];
    if (field === undefined || totals[field] !== null) continue;
    totals[field] = source === 'rows' ? sumOfRows(lines) : beforeRounding(stated);
    if (source === 'payable' && slot !== undefined && record.values[slot] !== null) trace?.field(name, record, slot);
  }
  return isRoundingInside ? withoutRounding(totals) : totals;
}

const totalNames: Readonly<Record<string, 'lineNetMinor' | 'netMinor' | 'grossMinor'>> = {
  'totals.lineNetMinor': 'lineNetMinor',
  'totals.netMinor': 'netMinor',
  'totals.grossMinor': 'grossMinor',
};

function sumOfRows(lines: readonly InvoiceLine[]): number {
  let sum = 0;
  for (const line of lines) sum += line.netMinor;
  return sum;
}

function beforeRounding({ payableMinor, roundingMinor, prepaidMinor }: Totals): number | null {
  return payableMinor === null ? null : payableMinor - (roundingMinor ?? 0) + (prepaidMinor ?? 0);
}

/** EHF 2: TaxInclusiveAmount holds the rounding. */
function withoutRounding(totals: Totals): Totals {
  const { grossMinor, roundingMinor } = totals;
  return grossMinor === null || roundingMinor === null ? totals : { ...totals, grossMinor: grossMinor - roundingMinor };
}
