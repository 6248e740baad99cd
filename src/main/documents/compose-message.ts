// Subject and bodies of the e-mail that carries an invoice, in the recipient's language. No sending, no links, no remote content.

import { fillMailLine, readMailTemplate } from '../../shared/mail-template.ts';
import type { MailBlock, MailField } from '../../shared/mail-template.ts';
import type { MailText, ShownMessage } from '../../shared/schema/mail-text.ts';
import { standardMailTexts } from '../../shared/words/standard-mail-texts.ts';
import type { ComposedMessage, DocumentInput } from '../ports/documents.ts';
import { cleanPlainText } from './clean-text.ts';
import { formatPeriod } from './format-values.ts';
import { invoiceView } from './invoice-view.ts';
import type { InvoiceView } from './invoice-view.ts';
import { effectiveSeller } from './party-view.ts';
import { viewTools } from './view-tools.ts';
import type { LabelledText } from './view-tools.ts';

/** Longest subject; mail programs show about 60 characters of it. */
const subjectLimit = 150;

/**
 * Builds the e-mail from the organisation's own text, or the standard one. Pure. The subject has no CR, LF, NUL or other control character
 * whatever the file held; everything from file and template is text, escaped in the HTML body. A template's unknown fields are left out:
 * they are refused when it is saved.
 */
export function composeMessage(input: DocumentInput, own: MailText | null = null): ComposedMessage {
  const view = invoiceView(input, cleanPlainText);
  const text = own ?? standardMailTexts[view.language];
  const values = fieldValues(input, view);
  const subject = bodyLines(view.isCredit ? text.creditSubject : text.subject, { as: 'subject', values });
  const blocks = blocksOf(bodyLines(view.isCredit ? text.creditBody : text.body, { as: 'body', values }), view);
  return {
    subject: cleanPlainText(subject.filter((line) => typeof line === 'string').join(' '), subjectLimit),
    text: textBody(blocks),
    html: htmlBody(view, blocks),
    blocks,
  };
}

type Block = ShownMessage['blocks'][number];
type FilledLine = string | { readonly block: MailBlock };

function bodyLines(
  template: string,
  how: { readonly as: 'subject' | 'body'; readonly values: Readonly<Record<MailField, string>> },
): readonly FilledLine[] {
  return readMailTemplate(template, how.as).template.lines.flatMap((line): FilledLine[] => {
    if (line.kind === 'block') return [{ block: line.block }];
    const filled = fillMailLine(line.parts, how.values);
    return filled === null ? [] : [cleanLine(filled)];
  });
}

/** Text of a template's line: nothing invisible, no control character, blanks kept as they were typed. */
function cleanLine(text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trimEnd();
}

function fieldValues(input: DocumentInput, view: InvoiceView): Readonly<Record<MailField, string>> {
  const { invoice, language } = input;
  const tools = viewTools(invoice.currency ?? '', language, cleanPlainText);
  const seller = effectiveSeller(input);
  const day = (isoDate: string | null): string => (isoDate === null ? '' : tools.date(isoDate));
  return {
    invoiceNumber: view.number,
    customerName: view.recipientName,
    customerNumber: cleanPlainText(invoice.customerId ?? '', 60),
    sellerName: view.seller.name,
    sellerEmail: cleanPlainText(seller.email, 120),
    sellerPhone: cleanPlainText(seller.phone, 60),
    sellerWebsite: cleanPlainText(seller.website, 120),
    amount: `${view.amount.text}\u00A0${view.currency}`,
    invoiceDate: day(invoice.invoiceDate),
    dueDate: view.dueDate?.text ?? '',
    period: formatPeriod(invoice.periodStart, invoice.periodEnd, language),
    paymentReference: view.isCredit ? '' : (view.payment.reference?.text ?? ''),
    paymentAccount: view.isCredit ? '' : (view.payment.accounts[0]?.text ?? ''),
  };
}

/** Paragraphs are what stands between empty lines and blocks. */
function blocksOf(lines: readonly FilledLine[], view: InvoiceView): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', lines: paragraph });
    paragraph = [];
  };
  for (const line of lines) {
    if (typeof line === 'string' && line.trim() !== '') {
      paragraph.push(line);
      continue;
    }
    endParagraph();
    if (typeof line === 'string') continue;
    blocks.push(
      line.block === 'contact'
        ? { kind: 'contact', lines: signature(view) }
        : { kind: 'table', rows: details(view).map(({ label, text }) => ({ label, text })) },
    );
  }
  endParagraph();
  return blocks;
}

/** What is needed to pay without opening the attachment. */
function details(view: InvoiceView): LabelledText[] {
  const { words, payment } = view;
  const amount = { label: view.amount.label, text: `${view.amount.text}\u00A0${view.currency}` };
  const payable = view.isCredit
    ? []
    : [
        ...(view.dueDate === null ? [] : [view.dueDate]),
        ...(payment.reference === null ? [] : [payment.reference]),
        ...payment.accounts,
        ...(payment.bic === null ? [] : [payment.bic]),
      ];
  return [
    amount,
    ...payable,
    { label: view.isCredit ? words.creditNoteNumber : words.invoiceNumber, text: view.number },
  ];
}

/** Name and ways to reach the seller, one a line. */
function signature(view: InvoiceView): string[] {
  const contact = view.seller.facts.filter(
    ({ label }) => label === view.words.phone || label === view.words.email || label === view.words.website,
  );
  return [
    view.words.mailContact.replace('{seller}', () => view.seller.name),
    ...contact.map(({ label, text }) => `${label}: ${text}`),
  ];
}

function textBody(blocks: readonly Block[]): string {
  const texts = blocks.map((block) => {
    if (block.kind !== 'table') return block.lines.join('\n');
    const width = Math.max(...block.rows.map(({ label }) => label.length)) + 2;
    return block.rows.map(({ label, text }) => `${`${label}:`.padEnd(width)}${text}`).join('\n');
  });
  return `${texts.join('\n\n').replaceAll('\u00A0', ' ')}\n`;
}

const bodyStyle =
  'margin:0;padding:24px;background:#ffffff;color:#16222b;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;line-height:22px';
const labelStyle =
  'padding:6px 24px 6px 0;color:#5a6872;border-bottom:1px solid #dfe6e8;text-align:left;font-weight:normal;vertical-align:top';
const valueStyle =
  'padding:6px 0;border-bottom:1px solid #dfe6e8;font-weight:bold;white-space:nowrap;vertical-align:top';

/** Tables and inline styles only: Outlook draws HTML with Word. */
function htmlBody(view: InvoiceView, blocks: readonly Block[]): string {
  return `<!DOCTYPE html>
<html lang="${view.language}">
<head><meta charset="utf-8"><title>${escapeHtml(`${view.title} ${view.number}`)}</title></head>
<body style="${bodyStyle}">
<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="560" style="max-width:560px"><tr><td>
${blocks.map(blockHtml).join('\n')}
</td></tr></table>
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  if (block.kind === 'table') {
    const rows = block.rows.map(
      ({ label, text }) =>
        `<tr><th scope="row" style="${labelStyle}">${escapeHtml(label)}</th><td style="${valueStyle}">${escapeHtml(text)}</td></tr>`,
    );
    return `<table cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;margin:0 0 20px 0">
${rows.join('\n')}
</table>`;
  }
  const color = block.kind === 'contact' ? '#5a6872' : '#16222b';
  return `<p style="margin:0 0 16px 0;color:${color}">${block.lines.map(escapeHtml).join('<br>\n')}</p>`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}
