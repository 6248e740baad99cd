// What SendRegning's channel asks of an invoice at import, found by the mapping itself: lengths, lines, VAT, sums. Pure.

import { isNorwegianOrganisationNumber } from '../../domain/identifiers/norwegian-organisation-number.ts';
import { finding, noFindings } from '../../domain/rules/define-rule.ts';
import { doSumsAddUp, firstOfEachRule, rulesOfCheck } from '../../domain/rules/shared-check.ts';
import type { Finding, InvoiceCheck } from '../../domain/rules/rule.ts';
import type { ChannelRules } from '../../ports/channel-rules.ts';
import type { Invoice } from '../../../shared/schema/invoice.ts';
import type { RuleIdOf } from '../../../shared/words/channel-rule-facts.ts';
import { mapInvoice } from './map-invoice.ts';

const ruleIds = [
  'channel.sendregning.missing',
  'channel.sendregning.length',
  'channel.sendregning.currency',
  'channel.sendregning.country',
  'channel.sendregning.date',
  'channel.sendregning.lines',
  'channel.sendregning.vat-rate',
  'channel.sendregning.amount',
  'channel.sendregning.prepaid',
  'channel.sendregning.total',
  'channel.sendregning.credited',
] as const satisfies readonly RuleIdOf<'sendregning'>[];

/** The service is for Norwegian sellers: nobody else's invoices are asked. */
function isNorwegian({ currency, seller }: Invoice): boolean {
  if (currency === 'NOK' || seller.address.country === 'NO') return true;
  return isNorwegianOrganisationNumber((seller.registrationNumber ?? '').replaceAll(' ', ''));
}

const check: InvoiceCheck['check'] = (invoice, context) => {
  // An amount to pay that is missing has been said, for every channel.
  if (!isNorwegian(invoice) || invoice.totals.payableMinor === null) return noFindings;
  const mapped = mapInvoice(invoice, { shipment: 'asInvoice', creditedId: invoice.creditedInvoiceNumber ?? null });
  if (mapped.ok) return noFindings;
  // A sum that has been said not to add up, or that a prepaid amount explains, is not said again as another total.
  const isSumKnown = (invoice.totals.prepaidMinor ?? 0) === 0 && doSumsAddUp(invoice, context);
  const found = mapped.error.flatMap(({ code, field, found: value, expected }): Finding[] => {
    const ruleId = ruleIds.find((each) => each === code);
    if (ruleId === undefined || (ruleId === 'channel.sendregning.total' && !isSumKnown)) return [];
    const about = field === 'kind' || field === null ? 'typeCode' : field;
    return [finding(ruleId, { field: about, found: value === '' ? null : value, expected, params: { field: about } })];
  });
  return firstOfEachRule(found);
};

/** Rules of SendRegning's channel. */
export const sendRegningRules = {
  channel: 'sendregning',
  version: '2026-11-21',
  asks: 'connected',
  rules: rulesOfCheck(ruleIds, { check }),
  check,
} as const satisfies ChannelRules;
