// Rule: no invisible control characters in the number and the names, which end up in file names, headers and addresses.

import { defineRule, finding, noFindings } from './define-rule.ts';
import type { Finding } from './rule.ts';

/** `core.text.control`: an error in the invoice number, a warning in names (they are cleaned on the document). */
export const textControl = defineRule('core.text.control', ({ invoiceNumber, buyer, seller }) => {
  const inNumber = controlCharacter(invoiceNumber);
  const inBuyer = controlCharacter(buyer.name);
  const inSeller = controlCharacter(seller.name);
  if (inNumber === null && inBuyer === null && inSeller === null) return noFindings;
  return [
    judge('invoiceNumber', inNumber, 'error'),
    judge('buyer.name', inBuyer, 'warning'),
    judge('seller.name', inSeller, 'warning'),
  ].filter((each) => each !== null);
});

function judge(field: string, character: number | null, severity: 'error' | 'warning'): Finding | null {
  if (character === null) return null;
  const codePoint = `U+${character.toString(16).toUpperCase().padStart(4, '0')}`;
  return finding('core.text.control', { field, found: codePoint, severity, params: { codePoint } });
}

/** The first C0, DEL, C1, zero-width, direction or separator character; null when the text is clean. */
function controlCharacter(text: string | null): number | null {
  if (text === null) return null;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 32 && code < 127) continue;
    if (code < 160) return code;
    if (code < 0x200b) continue;
    if (code <= 0x200f || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) || code === 0xfeff)
      return code;
  }
  return null;
}
