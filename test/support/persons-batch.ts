// A GASEL batch in which every customer has a personal number (Skatteverket's series of test numbers), as Svea needs it. No invoices of its own.

import { luhnCheckDigit } from '../../src/main/domain/identifiers/luhn.ts';
import { generateSampleBatch } from '../../src/main/domain/sample/generate-sample-batch.ts';

/** The practice Svea's persons whose orders wait for Svea (docs/providers/practice-svea.md). */
export const pendingPersons = ['19190202-2308', '19190303-2306'] as const;

/** The file's text. The first customers are those of `first`; organisations become persons. */
export function personsBatch(options: {
  readonly invoices: number;
  readonly seed: number;
  readonly first?: readonly string[];
}): string {
  const { invoices, seed, first = [] } = options;
  const text = [...generateSampleBatch({ invoices, errors: 0, seed })].join('');
  let customer = -1;
  return text.replace(
    /(<CustomerParty>\s*<CustomerID>[^<]*<\/CustomerID>\s*<Name>[^<]*<\/Name>)\s*(<PersonalNumber>[^<]*<\/PersonalNumber>)?/gu,
    (_found, party: string, own: string | undefined) => {
      customer += 1;
      const given = first[customer];
      if (given === undefined && own !== undefined) return party + own;
      return `${party}<PersonalNumber>${given ?? testNumber(customer)}</PersonalNumber>`;
    },
  );
}

function testNumber(customer: number): string {
  const day = `90${String((customer % 12) + 1).padStart(2, '0')}${String((Math.floor(customer / 12) % 28) + 1).padStart(2, '0')}`;
  const serial = `98${String(customer % 10)}`;
  return `18${day}-${serial}${luhnCheckDigit(day + serial)}`;
}
