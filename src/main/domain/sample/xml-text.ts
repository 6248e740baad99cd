// Small pieces of XML that every sample writer needs: elements, attributes, amounts. No names of any format.

import { formatAmount } from '../money.ts';

/** `<name>text</name>`, escaped; '' for null. `attributes` come ready-made, with a space before each. */
export function element(name: string, text: string | null, attributes = ''): string {
  return text === null ? '' : `<${name}${attributes}>${escapeText(text)}</${name}>`;
}

/** ` name="text"`, escaped; '' for null. */
export function attribute(name: string, text: string | null): string {
  return text === null ? '' : ` ${name}="${escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`;
}

/** Amount text with two decimals. */
export function kronor(amountMinor: number): string {
  return formatAmount(amountMinor, 'SEK');
}

/** At least two decimals, further ones only where they say something. */
export function priceText(tenThousandths: number): string {
  const decimals = String(tenThousandths % 10_000).padStart(4, '0');
  return `${Math.floor(tenThousandths / 10_000)}.${decimals.endsWith('00') ? decimals.slice(0, 2) : decimals}`;
}

function escapeText(text: string): string {
  return /[&<>]/u.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}
