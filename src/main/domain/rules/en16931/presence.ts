// EN 16931: what an invoice must have. Values that the reader itself requires are reported by it, under these ids (see stand-in.ts).

import type { Address, Invoice } from '../../../../shared/schema/invoice.ts';
import type { StandardRuleId } from '../../../../shared/words/standard-rule-facts.ts';
import { defineRule, finding, noFindings } from '../define-rule.ts';
import type { Rule } from '../rule.ts';

function mustHave(id: StandardRuleId, field: string, isMissing: (invoice: Invoice) => boolean): Rule {
  return defineRule(id, (invoice) =>
    isMissing(invoice) ? [finding(id, { field, params: { field, element: field } })] : noFindings,
  );
}

const isEmpty = ({ street, street2, postalCode, city, country }: Address): boolean =>
  street === null && street2 === null && postalCode === null && city === null && country === null;

/** Presence rules BR-01 to BR-16 that a rule decides; an address without anything in it counts as missing. */
export const presenceRules: readonly Rule[] = [
  mustHave('BR-01', 'customizationId', ({ standard }) => standard?.customizationId === null),
  mustHave('BR-04', 'typeCode', ({ standard }) => standard?.typeCode === null),
  mustHave('BR-08', 'seller.address', ({ seller }) => isEmpty(seller.address)),
  mustHave('BR-09', 'seller.address.country', ({ seller }) => lacksCountry(seller.address)),
  mustHave('BR-10', 'buyer.address', ({ buyer }) => isEmpty(buyer.address)),
  mustHave('BR-11', 'buyer.address.country', ({ buyer }) => lacksCountry(buyer.address)),
  mustHave('BR-16', 'lines', ({ lines }) => lines.length === 0),
];

function lacksCountry(address: Address): boolean {
  return address.country === null && !isEmpty(address);
}
