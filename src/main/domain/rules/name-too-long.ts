// Rule: the names fit on the document and in what the providers take.

import { defineRule, finding, noFindings } from './define-rule.ts';
import type { Finding } from './rule.ts';

/** Two lines of the address window hold about this much; the document cuts what goes beyond. */
const maxLength = 140;

/** `core.name.tooLong`, for the buyer's and the seller's name. */
export const nameTooLong = defineRule('core.name.tooLong', ({ buyer, seller }) => {
  if ((buyer.name?.length ?? 0) <= maxLength && (seller.name?.length ?? 0) <= maxLength) return noFindings;
  return [judge('buyer.name', buyer.name), judge('seller.name', seller.name)].filter((each) => each !== null);
});

function judge(field: string, name: string | null): Finding | null {
  if (name === null || name.length <= maxLength) return null;
  return finding('core.name.tooLong', {
    field,
    found: name,
    expected: `≤ ${maxLength}`,
    params: { length: Array.from(name).length, limit: maxLength },
  });
}
