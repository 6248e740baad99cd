// What does not add up on an import receipt, in a sentence. The words stand in receipt-words.ts.

import type { ReceiptFault } from '../schema/receipt.ts';
import type { Language } from '../schema/settings.ts';
import { receiptWords } from './receipt-words.ts';
import { fillIn } from './report-words.ts';
import { writeCount, writeMoney } from './value-words.ts';

/** One sentence for one fault. */
export function wordsForFault(fault: ReceiptFault, language: Language): string {
  const text = receiptWords[language].faults[fault.kind];
  const count = (value: number): string => writeCount(value, language);
  switch (fault.kind) {
    case 'counts':
      return fillIn(text, { read: count(fault.read), sum: count(fault.sum) });
    case 'money':
      return fillIn(text, {
        read: writeMoney(fault.readMinor, fault.currency, language),
        sum: writeMoney(fault.sumMinor, fault.currency, language),
      });
    case 'skipped':
      return fillIn(text, { count: count(fault.count) });
    case 'declaredCount':
      return fillIn(text, { declared: count(fault.declared), actual: count(fault.actual) });
    case 'declaredTotal':
      return fillIn(text, {
        declared: writeMoney(fault.declaredMinor, fault.currency, language),
        actual: writeMoney(fault.actualMinor, fault.currency, language),
      });
  }
}
