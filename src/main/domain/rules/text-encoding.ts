// Rule: names, addresses and descriptions were read in the right character set (`Ã¥` is å read wrongly, `�` is a letter that is lost).

import type { Address, Invoice, Party } from '../../../shared/schema/invoice.ts';
import { findDamage } from '../doctor/repair-encoding.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';
import type { Finding } from './rule.ts';

/** `core.text.encoding`: a warning for each damaged value; `expected` is the text as it was, where that can be told. */
export const textEncoding = defineRule('core.text.encoding', (invoice) => {
  const findings: Finding[] = [];
  judgeParty(findings, 'buyer', invoice.buyer);
  judgeParty(findings, 'seller', invoice.seller);
  judgeRows(findings, invoice);
  if (invoice.metering?.siteAddress !== null && invoice.metering?.siteAddress !== undefined)
    judgeAddress(findings, 'metering.siteAddress', invoice.metering.siteAddress);
  return findings.length === 0 ? noFindings : findings;
});

function judgeParty(findings: Finding[], who: 'buyer' | 'seller', party: Party): void {
  if (party.name !== null) judge(findings, party.name, () => `${who}.name`);
  if (party.contactName !== null) judge(findings, party.contactName, () => `${who}.contactName`);
  judgeAddress(findings, `${who}.address`, party.address);
}

function judgeAddress(findings: Finding[], prefix: string, { street, street2, city }: Address): void {
  if (street !== null) judge(findings, street, () => `${prefix}.street`);
  if (street2 !== null) judge(findings, street2, () => `${prefix}.street2`);
  if (city !== null) judge(findings, city, () => `${prefix}.city`);
}

function judgeRows(findings: Finding[], { lines, adjustments, notes }: Invoice): void {
  for (const [index, { description }] of lines.entries())
    judge(findings, description, () => `lines[${index}].description`);
  for (const [index, { reason }] of adjustments.entries())
    if (reason !== null) judge(findings, reason, () => `adjustments[${index}].reason`);
  for (const [index, note] of notes.entries()) judge(findings, note, () => `notes[${index}].text`);
}

/** The name is made only for damaged text: nearly none is. */
function judge(findings: Finding[], text: string, fieldOf: () => string): void {
  const damage = findDamage(text);
  if (damage === null) return;
  const field = fieldOf();
  const params = { field: field.replace(/^\w+\[\d+\]\./u, ''), isLost: damage.repaired === null ? 1 : 0 };
  findings.push(finding('core.text.encoding', { field, found: text, expected: damage.repaired, params }));
}
