// The Swedwise CSV as a profile: which column fills which field of an invoice. Columns stand where other formats have elements.

import { compileProfile } from './compile-profile.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { requiredCsvColumns } from './csv-head.ts';
import type { CsvColumn } from './csv-head.ts';
import type { FieldType } from './profile-fields.ts';
import type { Profile } from './profile-schema.ts';

/** Names the profile in what is kept of an import. Never to be changed. */
export const csvProfileId = 'swedwise-csv-1';

const fieldOf: Readonly<Record<CsvColumn, { readonly field: string; readonly type: FieldType }>> = {
  customer_id: { field: 'customerId', type: 'text' },
  email: { field: 'buyer.email', type: 'text' },
  invoice_number: { field: 'invoiceNumber', type: 'text' },
  amount: { field: 'totals.payableMinor', type: 'amount' },
  currency: { field: 'currency', type: 'currency' },
  due_date: { field: 'dueDate', type: 'date' },
  invoice_date: { field: 'invoiceDate', type: 'date' },
  phone: { field: 'buyer.phone', type: 'text' },
};

/** Makes the profile. */
export function csvProfile(): CompiledProfile {
  const fields = Object.entries(fieldOf).map(([column, { field, type }]) => {
    const required = requiredCsvColumns.some((name) => name === column);
    return [field, { path: column, type, required }] as const;
  });
  const profile: Profile = {
    id: csvProfileId,
    format: 'Swedwise',
    version: 'CSV',
    vendor: 'Swedwise',
    status: 'assumed',
    namespaces: { '': '' },
    root: 'Rows',
    invoice: 'Row',
    kind: 'invoice',
    header: {},
    fields: Object.fromEntries(fields),
    lists: {},
    // A line has no room for rows and addresses.
    skipRules: ['core.lines.missing', 'core.address.incomplete'],
  };
  const compiled = compileProfile(profile);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value;
}
