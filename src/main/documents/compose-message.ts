// Subject and bodies of the e-mail that carries an invoice, in the recipient's language. No sending, no links, no remote content.

import type { DocumentInput } from '../ports/documents.ts';
import type { MessageText } from '../ports/channel-adapter.ts';
import { cleanPlainText } from './clean-text.ts';
import { invoiceView } from './invoice-view.ts';
import type { InvoiceView } from './invoice-view.ts';
import type { LabelledText } from './view-tools.ts';

/** Longest subject; mail programs show about 60 characters of it. */
const subjectLimit = 150;

/**
 * Builds the e-mail. Pure. The subject has no CR, LF, NUL or other control character whatever the file held; everything from the file
 * is escaped in the HTML body.
 */
export function composeMessage(input: DocumentInput): MessageText {
  const view = invoiceView(input, cleanPlainText);
  const { words } = view;
  const subject = fill(view.isCredit ? words.mailSubjectCredit : words.mailSubject, view);
  return {
    subject: cleanPlainText(subject, subjectLimit),
    text: textBody(view),
    html: htmlBody(view),
  };
}

function fill(template: string, view: InvoiceView): string {
  const values: Readonly<Record<string, string>> = {
    number: view.number,
    seller: view.seller.name,
    name: view.recipientName,
  };
  return template.replace(/\{(\w+)\}/gu, (whole, key: string) => values[key] ?? whole);
}

function greeting(view: InvoiceView): string {
  return view.recipientName === '' ? view.words.mailGreetingNoName : fill(view.words.mailGreeting, view);
}

function intro(view: InvoiceView): string {
  return fill(view.isCredit ? view.words.mailIntroCredit : view.words.mailIntro, view);
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
  return [fill(view.words.mailContact, view), ...contact.map(({ label, text }) => `${label}: ${text}`)];
}

function textBody(view: InvoiceView): string {
  const rows = details(view);
  const width = Math.max(...rows.map(({ label }) => label.length)) + 2;
  const table = rows.map(({ label, text }) => `${`${label}:`.padEnd(width)}${text.replaceAll('\u00A0', ' ')}`);
  return `${[greeting(view), '', intro(view), '', ...table, '', ...signature(view)].join('\n')}\n`;
}

const bodyStyle =
  'margin:0;padding:24px;background:#ffffff;color:#16222b;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-size:15px;line-height:22px';
const labelStyle =
  'padding:6px 24px 6px 0;color:#5a6872;border-bottom:1px solid #dfe6e8;text-align:left;font-weight:normal;vertical-align:top';
const valueStyle =
  'padding:6px 0;border-bottom:1px solid #dfe6e8;font-weight:bold;white-space:nowrap;vertical-align:top';

/** Tables and inline styles only: Outlook draws HTML with Word. */
function htmlBody(view: InvoiceView): string {
  const rows = details(view)
    .map(
      ({ label, text }) =>
        `<tr><th scope="row" style="${labelStyle}">${escapeHtml(label)}</th><td style="${valueStyle}">${escapeHtml(text)}</td></tr>`,
    )
    .join('\n');
  const paragraph = (html: string, color = '#16222b'): string =>
    `<p style="margin:0 0 16px 0;color:${color}">${html}</p>`;
  return `<!DOCTYPE html>
<html lang="${view.language}">
<head><meta charset="utf-8"><title>${escapeHtml(`${view.title} ${view.number}`)}</title></head>
<body style="${bodyStyle}">
<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="560" style="max-width:560px"><tr><td>
${paragraph(escapeHtml(greeting(view)))}
${paragraph(escapeHtml(intro(view)))}
<table cellpadding="0" cellspacing="0" border="0" style="border-collapse:collapse;margin:0 0 20px 0">
${rows}
</table>
${paragraph(signature(view).map(escapeHtml).join('<br>\n'), '#5a6872')}
</td></tr></table>
</body>
</html>
`;
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
