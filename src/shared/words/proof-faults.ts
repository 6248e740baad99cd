// What does not add up on a proof, in a sentence. The words stand in proof-words.ts.

import type { ProofFault } from '../schema/proof.ts';
import type { Language } from '../schema/settings.ts';
import { proofWords } from './proof-words.ts';
import { fillIn } from './report-words.ts';
import { writeCount, writeMoney } from './value-words.ts';

/** One sentence for one fault. */
export function wordsForProofFault(fault: ProofFault, language: Language): string {
  const words = proofWords[language];
  const text = words.faults[fault.kind];
  const count = (value: number): string => writeCount(value, language);
  const money = (amountMinor: number, currency: string): string => writeMoney(amountMinor, currency, language);
  switch (fault.kind) {
    case 'count':
      return fillIn(text, { read: count(fault.read), sum: count(fault.sum) });
    case 'rows':
      return fillIn(text, { imported: count(fault.imported), rows: count(fault.rows) });
    case 'money':
      return fillIn(text, {
        expected: money(fault.expectedMinor, fault.currency),
        sum: money(fault.sumMinor, fault.currency),
      });
    case 'counter':
      return fillIn(text, {
        bucket: words.buckets[fault.bucket],
        keptCount: count(fault.keptCount),
        keptMoney: money(fault.keptMinor, fault.currency),
        rowCount: count(fault.rowCount),
        rowMoney: money(fault.rowMinor, fault.currency),
      });
    case 'state':
    case 'receipt':
    case 'change':
      return fillIn(text, { count: count(fault.count) });
  }
}
