// Templates of e-mails: fields, what is wrong with a place, and what a missing value does.

import { describe, expect, it } from 'vitest';
import { composeMessage } from '../../../src/main/documents/compose-message.ts';
import { fillMailLine, mailFields, readMailTemplate } from '../../../src/shared/mail-template.ts';
import type { MailField } from '../../../src/shared/mail-template.ts';
import { standardMailTexts } from '../../../src/shared/words/standard-mail-texts.ts';
import { creditNote, documentOf, swedishInvoice } from '../../support/document-samples.ts';

const faultsOf = (text: string, as: 'subject' | 'body' = 'body'): string[] =>
  readMailTemplate(text, as).faults.map(
    ({ kind, line, column, found }) => `${kind} ${line}:${column}${found === '' ? '' : ` ${found}`}`,
  );

const values = (given: Partial<Record<MailField, string>>): Record<MailField, string> => ({
  ...(Object.fromEntries(mailFields.map((field) => [field, ''])) as Record<MailField, string>),
  ...given,
});

const fill = (text: string, given: Partial<Record<MailField, string>>): string | null => {
  const [line] = readMailTemplate(text, 'body').template.lines;
  return line?.kind === 'parts' ? fillMailLine(line.parts, values(given)) : 'a block';
};

describe('what is wrong with a template', () => {
  it.each([
    ['Hej {customerName}!\n{dueDat}', ['unknownField 2:1 {dueDat}']],
    ['a {', ['unclosed 1:3 {']],
    ['a } b', ['strayBrace 1:3 } b']],
    ['Se {paymentTable}', ['notAlone 1:4 {paymentTable}']],
    ['{x} {y}', ['unknownField 1:1 {x}', 'unknownField 1:5 {y}']],
    ['{{inget fält}}', []],
    ['{ amount }', []],
    ['{constructor} {__proto__}', ['unknownField 1:1 {constructor}', 'unknownField 1:15 {__proto__}']],
  ])('%j is told with its place', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('a subject is one line without blocks', () => {
    expect(faultsOf('{paymentTable}', 'subject')).toEqual(['notHere 1:1 {paymentTable}']);
    expect(faultsOf('a\nb', 'subject')).toEqual(['notHere 2:1']);
  });

  it('the standard texts have no fault', () => {
    for (const { subject, body, creditSubject, creditBody } of Object.values(standardMailTexts))
      expect([
        ...faultsOf(subject, 'subject'),
        ...faultsOf(body),
        ...faultsOf(creditSubject, 'subject'),
        ...faultsOf(creditBody),
      ]).toEqual([]);
  });
});

describe('a line that is filled', () => {
  it.each([
    ['Hej {customerName}!', {}, 'Hej!'],
    ['Hei, {customerName}!', {}, 'Hei!'],
    ['Hej {customerName}!', { customerName: 'Åsa' }, 'Hej Åsa!'],
    ['OCR: {paymentReference}', {}, null],
    ['OCR: {paymentReference}', { paymentReference: '123' }, 'OCR: 123'],
    ['{period}', {}, null],
    ['{{x}} {amount}', { amount: '{customerName}' }, '{x} {customerName}'],
  ])('%j with %j gives %j', (text, given, expected) => {
    expect(fill(text, given)).toBe(expected);
  });
});

describe('an own text', () => {
  const own = {
    subject: 'Er faktura {invoiceNumber}\r\nBcc: x@example.com',
    body: 'Hej <b>{customerName}</b>!\nFörfaller {dueDate}, {amount}.\n\n{paymentTable}\nTack & hej',
    creditSubject: 'Kredit {invoiceNumber}',
    creditBody: 'Inget att betala.{paymentReference}',
  };

  it('is text in both bodies: escaped in HTML, its fields filled, its table where it was put', () => {
    const buyer = { ...swedishInvoice().buyer, name: 'Å & "Ö"' };
    const { subject, text, html } = composeMessage(documentOf(swedishInvoice({ buyer })), own);
    expect(subject).toBe('Er faktura 1042 Bcc: x@example.com');
    expect(text).toMatch(/^Hej <b>Å & "Ö"<\/b>!\nFörfaller 2026-11-30, 2 856,00 kr\.\n\n/u);
    expect(text.indexOf('1042000010428')).toBeLessThan(text.indexOf('Tack & hej'));
    expect(html).toContain('Hej &lt;b&gt;Å &amp; &quot;Ö&quot;&lt;/b&gt;!<br>');
    expect(html).toContain('Tack &amp; hej');
    expect(html).not.toContain('<b>');
  });

  it('for credit notes is its own, and has nothing to pay with', () => {
    const { subject, text } = composeMessage(documentOf(creditNote()), own);
    expect(subject).toBe('Kredit K1043');
    expect(text).toBe('Inget att betala.\n');
  });
});
