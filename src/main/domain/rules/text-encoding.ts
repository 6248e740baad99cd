// Rule: names, addresses and descriptions were read in the right character set (`Ã¥` is å read wrongly, `�` is a letter that is lost).

import type { Address, Invoice, Party } from '../../../shared/schema/invoice.ts';
import { findDamage, isPlainNordic } from '../doctor/repair-encoding.ts';
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
  if (isDoubtful(party.name)) judge(findings, party.name, `${who}.name`);
  if (isDoubtful(party.contactName)) judge(findings, party.contactName, `${who}.contactName`);
  judgeAddress(findings, who === 'buyer' ? 'buyer.address' : 'seller.address', party.address);
}

function judgeAddress(findings: Finding[], prefix: string, { street, street2, city }: Address): void {
  if (isDoubtful(street)) judge(findings, street, `${prefix}.street`);
  if (isDoubtful(street2)) judge(findings, street2, `${prefix}.street2`);
  if (isDoubtful(city)) judge(findings, city, `${prefix}.city`);
}

function judgeRows(findings: Finding[], { lines, adjustments, notes }: Invoice): void {
  for (let index = 0; index < lines.length; index += 1) {
    const description = lines[index]?.description ?? null;
    if (isDoubtful(description)) judge(findings, description, `lines[${index}].description`);
  }
  for (let index = 0; index < adjustments.length; index += 1) {
    const reason = adjustments[index]?.reason ?? null;
    if (isDoubtful(reason)) judge(findings, reason, `adjustments[${index}].reason`);
  }
  for (let index = 0; index < notes.length; index += 1) {
    const note = notes[index] ?? null;
    if (isDoubtful(note)) judge(findings, note, `notes[${index}].text`);
  }
}

/** Nearly no text is: the rule runs over every text of every invoice, so that field names are made only then. */
function isDoubtful(text: string | null): text is string {
  return text !== null && !isPlainNordic(text);
}

function judge(findings: Finding[], text: string, field: string): void {
  const damage = findDamage(text);
  if (damage === null) return;
  const params = { field: field.replace(/^\w+\[\d+\]\./u, ''), isLost: damage.repaired === null ? 1 : 0 };
  findings.push(finding('core.text.encoding', { field, found: text, expected: damage.repaired, params }));
}
