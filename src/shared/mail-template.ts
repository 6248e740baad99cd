// Templates of the e-mail that carries an invoice: fields in braces, checked with the place of what is wrong. Pure; escaping for HTML is done where HTML is made.

/** Fields that give a text, in the recipient's language. */
export const mailFields = [
  'invoiceNumber',
  'customerName',
  'customerNumber',
  'sellerName',
  'sellerEmail',
  'sellerPhone',
  'sellerWebsite',
  'amount',
  'invoiceDate',
  'dueDate',
  'period',
  'paymentReference',
  'paymentAccount',
] as const;
/** One of {@link mailFields}. */
export type MailField = (typeof mailFields)[number];
/** Fields that give several lines and stand alone on theirs: what is to be paid where, and how the seller is reached. */
export const mailBlocks = ['paymentTable', 'contact'] as const;
/** One of {@link mailBlocks}. */
export type MailBlock = (typeof mailBlocks)[number];

/** What is wrong with a template, and where (line and column 1-based). */
export interface MailTemplateFault {
  readonly kind: 'unknownField' | 'unclosed' | 'notHere' | 'notAlone' | 'strayBrace';
  readonly line: number;
  readonly column: number;
  /** What stands there. */
  readonly found: string;
}

/** A part of a line: text as it is, or a field. */
export type MailPart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'field'; readonly field: MailField };
/** A line: parts, or one block. */
export type MailLine =
  | { readonly kind: 'parts'; readonly parts: readonly MailPart[] }
  | { readonly kind: 'block'; readonly block: MailBlock };
/** A template that was checked: its lines. */
export interface MailTemplate {
  readonly lines: readonly MailLine[];
}

/** Reads a body, or a subject (one line, no blocks). `{{` and `}}` stand for the braces themselves. All faults are told, in order. */
export function readMailTemplate(
  text: string,
  as: 'subject' | 'body',
): { readonly template: MailTemplate; readonly faults: readonly MailTemplateFault[] } {
  const faults: MailTemplateFault[] = [];
  const lines = text.split(/\r\n|\r|\n/u).map((line, index) => readLine(line, { number: index + 1, as, faults }));
  if (as === 'subject' && lines.length > 1) faults.push({ kind: 'notHere', line: 2, column: 1, found: '' });
  return { template: { lines }, faults };
}

interface LineContext {
  readonly number: number;
  readonly as: 'subject' | 'body';
  readonly faults: MailTemplateFault[];
}

/** A doubled brace, a field, or a brace that is neither. */
const tokens = /\{\{|\}\}|\{([^{}]*)\}|[{}]/gu;

function readLine(line: string, { number, as, faults }: LineContext): MailLine {
  const alone = mailBlocks.find((block) => line.trim() === `{${block}}`);
  if (alone !== undefined && as === 'body') return { kind: 'block', block: alone };
  const parts: MailPart[] = [];
  let end = 0;
  const say = (kind: MailTemplateFault['kind'], at: number, found: string): void => {
    faults.push({ kind, line: number, column: at + 1, found });
  };
  for (const match of line.matchAll(tokens)) {
    const [token, inside] = match;
    if (match.index > end) parts.push({ kind: 'text', text: line.slice(end, match.index) });
    end = match.index + token.length;
    const field = mailFields.find((each) => each === inside?.trim());
    if (token === '{{' || token === '}}') parts.push({ kind: 'text', text: token.slice(1) });
    else if (field !== undefined) parts.push({ kind: 'field', field });
    else if (inside === undefined)
      say(token === '{' ? 'unclosed' : 'strayBrace', match.index, line.slice(match.index, match.index + 30));
    else if (mailBlocks.some((block) => block === inside.trim()))
      say(as === 'subject' ? 'notHere' : 'notAlone', match.index, token);
    else say('unknownField', match.index, token);
  }
  if (end < line.length) parts.push({ kind: 'text', text: line.slice(end) });
  return { kind: 'parts', parts };
}

/**
 * Fills a line. A field without a value takes the blank (and a comma) before it along: `Hej {customerName}!` gives `Hej!`. Null: none
 * of the line's fields has a value and only a label is left, so that a line such as `OCR: {paymentReference}` goes.
 */
export function fillMailLine(parts: readonly MailPart[], values: Readonly<Record<MailField, string>>): string | null {
  let filled = '';
  let hasField = false;
  let hasText = false;
  for (const part of parts) {
    if (part.kind === 'text') {
      filled += part.text;
      continue;
    }
    const value = values[part.field];
    hasField = true;
    hasText ||= value !== '';
    filled = value === '' ? filled.replace(/,?[ \u00A0]+$/u, '') : filled + value;
  }
  const isLabel = filled.trim().endsWith(':');
  return hasField && !hasText && (isLabel || filled.trim() === '') ? null : filled;
}
