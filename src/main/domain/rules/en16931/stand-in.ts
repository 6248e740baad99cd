// Which of the product's own rules a rule of EN 16931 takes the place of, so that one fault is said once. Decides nothing about invoices.

import type { OwnRuleId } from '../../../../shared/words/rule-facts.ts';
import type { StandardRuleId } from '../../../../shared/words/standard-rule-facts.ts';
import type { Finding } from '../rule.ts';
import { decimalRuleOf } from './decimals.ts';

/** Own rules that say nothing on documents under EN 16931: the standard's rule beside them asks the same. */
export const replacedRules: ReadonlyMap<string, readonly StandardRuleId[]> = new Map<OwnRuleId, StandardRuleId[]>([
  ['core.lines.missing', ['BR-16']],
  ['core.total.rows', ['BR-CO-10']],
  ['core.total.adjustments', ['BR-CO-11', 'BR-CO-12']],
  ['core.total.net', ['BR-CO-13']],
  ['core.vat.sum', ['BR-CO-14']],
  ['core.total.gross', ['BR-CO-15']],
  ['core.total.payable', ['BR-CO-16']],
  ['core.vat.amount', ['BR-CO-17']],
  ['core.vat.base', ['BR-S-08', 'BR-Z-08', 'BR-E-08', 'BR-AE-08', 'BR-O-08']],
  ['core.duedate.missing', ['BR-CO-25']],
]);

/** Own rules that ask more than the standard's: they give way only where the standard's has spoken about the same field. */
const yieldingRules: ReadonlyMap<string, ReadonlySet<string>> = new Map<OwnRuleId, ReadonlySet<StandardRuleId>>([
  ['core.account.bankgiro', new Set(['SE-R-008', 'SE-R-009'])],
  ['core.account.plusgiro', new Set(['SE-R-007', 'SE-R-010'])],
  ['core.number.organisation', new Set(['SE-R-003', 'SE-R-004', 'SE-R-013'])],
  ['core.number.personal', new Set(['SE-R-003', 'SE-R-004', 'SE-R-013'])],
  ['core.number.vat', new Set(['SE-R-001', 'SE-R-002', 'NO-R-001', 'BR-CO-09'])],
  ['core.vat.rate', new Set(['SE-R-006'])],
]);

/** Fields the reader requires, by the rule that asks for them in the standard. */
const requiredBy: ReadonlyMap<string, StandardRuleId> = new Map<string, StandardRuleId>([
  ['invoiceNumber', 'BR-02'],
  ['invoiceDate', 'BR-03'],
  ['currency', 'BR-05'],
  ['seller.name', 'BR-06'],
  ['buyer.name', 'BR-07'],
  ['totals.lineNetMinor', 'BR-12'],
  ['totals.netMinor', 'BR-13'],
  ['totals.grossMinor', 'BR-14'],
  ['totals.payableMinor', 'BR-15'],
]);

/**
 * The findings on a document under EN 16931 with each fault once: the reader's get the standard's id (and stay needed: they can't be made
 * milder), and own rules that repeat a standard's rule are left out.
 */
export function standIn(findings: readonly Finding[], longAmounts: readonly string[]): Finding[] {
  const renamed = findings.map((finding) => renameNeeded(finding, longAmounts));
  const unreadable = new Set(renamed.filter(({ isNeeded }) => isNeeded === true).map(placeOf));
  const spoken = new Set(renamed.map(placeOf));
  return renamed.filter((finding) => {
    if (replacedRules.has(finding.ruleId)) return false;
    if (finding.isNeeded !== true && unreadable.has(placeOf(finding))) return false;
    const others = yieldingRules.get(finding.ruleId);
    return others === undefined || ![...others].some((id) => spoken.has(`${id} ${rootField(finding.field)}`));
  });
}

function renameNeeded(finding: Finding, longAmounts: readonly string[]): Finding {
  const ruleId = standardIdOf(finding, longAmounts);
  return ruleId === undefined ? finding : { ...finding, ruleId, isNeeded: true };
}

function standardIdOf({ ruleId, field }: Finding, longAmounts: readonly string[]): StandardRuleId | undefined {
  if (ruleId === 'core.required') return requiredBy.get(field);
  if (ruleId !== 'core.type.decimal') return undefined;
  const long = longAmounts.find((name) => name === field || name === `${field}+`);
  return long === undefined ? undefined : (decimalRuleOf(long) ?? undefined);
}

function placeOf({ ruleId, field }: Finding): string {
  return `${ruleId} ${rootField(field)}`;
}

/** The standard speaks about the account of a means of payment, the own rules about the account the invoice is paid to. */
function rootField(field: string): string {
  return /^paymentMeans\[\d+\]\.account$|^payment\.(?:bankgiro|plusgiro)$/u.test(field) ? 'account' : field;
}
