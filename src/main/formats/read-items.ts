// Reads the items of a list, keeping track of which one is being read. No fields of its own.

import type { FieldReader } from './field-values.ts';
import { checkRequired } from './field-values.ts';
import { itemsOf } from './record.ts';
import type { RawRecord } from './record.ts';

/** The items of a list by its canonical name; none when the profile has no such list. */
export function items(record: RawRecord, list: string): readonly RawRecord[] {
  return itemsOf(record, record.plan.lists.get(list));
}

/** Reads each item under its canonical name; items read as null are left out. */
export function readItems<T>(
  reader: FieldReader,
  records: readonly RawRecord[],
  how: { readonly list: string; readonly read: (item: RawRecord) => T | null },
): T[] {
  const values: T[] = [];
  for (const record of records) {
    reader.list = how.list;
    reader.index = values.length;
    reader.trace?.item(how.list, values.length, record);
    checkRequired(reader, record);
    const value = how.read(record);
    if (value !== null) values.push(value);
  }
  reader.list = '';
  reader.index = 0;
  return values;
}
