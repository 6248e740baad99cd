// What the Svea channel asks of an invoice at import: what no connection in the invoice's country could take, found by the mapping itself. Pure.

import { finding, noFindings } from '../../domain/rules/define-rule.ts';
import { doSumsAddUp, firstOfEachRule, rulesOfCheck } from '../../domain/rules/shared-check.ts';
import type { Finding, InvoiceCheck } from '../../domain/rules/rule.ts';
import type { ChannelRules } from '../../ports/channel-rules.ts';
import type { SveaConfig } from '../../../shared/schema/connection.ts';
import type { Invoice } from '../../../shared/schema/invoice.ts';
import type { ChannelRuleId } from '../../../shared/words/channel-rule-facts.ts';
import { mapOrder } from './compose.ts';

/** Code of the mapping → rule. What depends on a connection's kind of order or way of sending is told at the release. */
const ruleOf: ReadonlyMap<string, ChannelRuleId> = new Map([
  ['svea.country', 'channel.svea.country'],
  ['svea.national-id', 'channel.svea.national-id'],
  ['svea.customer-missing', 'channel.svea.customer'],
  ['svea.too-long', 'channel.svea.customer'],
  ['svea.house-number', 'channel.svea.customer'],
  ['svea.birth-date', 'channel.svea.customer'],
  ['svea.credit-note', 'channel.svea.credit-note'],
  ['svea.vat-rate', 'channel.svea.vat-rate'],
  ['svea.prepaid', 'channel.svea.prepaid'],
  ['svea.not-positive', 'channel.svea.not-positive'],
  ['svea.amount-too-large', 'channel.svea.amount-too-large'],
  ['svea.total-differs', 'channel.svea.total-differs'],
]);

/** Svea's countries whose currency tells them. */
const countries: ReadonlyMap<string, SveaConfig['country']> = new Map([
  ['SEK', 'SE'],
  ['NOK', 'NO'],
  ['DKK', 'DK'],
]);

/** The country an order would be made in; with EUR the customer's own. Null: none of Svea's is meant. */
function countryOf({ currency, buyer }: Invoice): SveaConfig['country'] | null {
  const euros = (['FI', 'DE', 'NL'] as const).find((country) => country === buyer.address.country);
  return currency === 'EUR' ? (euros ?? null) : (countries.get(currency ?? '') ?? null);
}

/** A connection that asks for no more than any other in its country. */
function leastOf(country: SveaConfig['country']): SveaConfig {
  return {
    channel: 'svea',
    url: 'https://localhost/',
    clientNumber: '1',
    username: 'x',
    country,
    orderType: 'Invoice',
    distribution: 'Post',
    campaignCode: null,
    creditDays: null,
    parallel: 1,
  };
}

const check: InvoiceCheck['check'] = (invoice, context) => {
  const country = countryOf(invoice);
  // An amount to pay that is missing has been said, for every channel.
  if (country === null || invoice.totals.payableMinor === null) return noFindings;
  const mapped = mapOrder(invoice, leastOf(country));
  if (mapped.ok) return noFindings;
  if (invoice.kind === 'creditNote')
    return [finding('channel.svea.credit-note', { field: 'typeCode', found: 'creditNote' })];
  const found = mapped.error.flatMap(({ code, field, found: value, expected }): Finding[] => {
    const ruleId = ruleOf.get(code);
    if (ruleId === undefined || (code === 'svea.total-differs' && !doSumsAddUp(invoice, context))) return [];
    const wanted = expected.replace('ÅÅÅÅ', 'YYYY');
    return [finding(ruleId, { field: field ?? 'invoiceNumber', found: value === '' ? null : value, expected: wanted })];
  });
  return firstOfEachRule(found);
};

/** Rules of the Svea channel. */
export const sveaRules = {
  channel: 'svea',
  version: '2026-11-22',
  asks: 'connected',
  rules: rulesOfCheck([...new Set(ruleOf.values())], { check }),
  check,
} as const satisfies ChannelRules;
