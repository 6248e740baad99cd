// `utskick import --json`: invoices that were known before are listed with the place of the first one.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { placeOf } from '../../unit/formats/read-text.ts';

interface Imported {
  readonly batches: readonly { readonly batchId: string; readonly duplicates: readonly unknown[] }[];
}

it('an import lists the invoices that are in an earlier one, the same and with other content', async () => {
  const data = temporaryFolder();
  const first = batchText([invoiceText(), invoiceText({ id: '1002' })]);
  const second = batchText([invoiceText(), invoiceText({ id: '1002', name: 'Bo Ek' }), invoiceText({ id: '1003' })]);
  writeFileSync(join(data, 'first.xml'), first);
  writeFileSync(join(data, 'second.xml'), second.replace('BATCH2026112100001', 'BATCH2026112100002'));
  const bringIn = async (name: string): Promise<Imported['batches'][number]> => {
    const ran = await utskick(['import', join(data, name), '--data', data, '--json']);
    const [batch] = (JSON.parse(ran.stdout) as Imported).batches;
    if (batch === undefined) throw new Error(ran.stderr);
    return batch;
  };
  const earlier = await bringIn('first.xml');
  expect(earlier.duplicates).toEqual([]);
  const later = await bringIn('second.xml');
  const place = (text: string) => placeOf(text, '<Invoice>').line;
  const firstLine = place(first);
  const lineOfNext = firstLine + invoiceText().split('\n').length - 1;
  const known = { firstBatchId: earlier.batchId, firstFile: 'first.xml' };
  expect(later.duplicates).toEqual([
    { rule: 'core.duplicate.store', invoiceNumber: '1001', line: firstLine, ...known, firstLine },
    { rule: 'core.duplicate.conflict', invoiceNumber: '1002', line: lineOfNext, ...known, firstLine: lineOfNext },
  ]);
});
