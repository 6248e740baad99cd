// What problem reports and comparisons are made of: fields of paths, covered texts, mail drafts, two invoices field by field.

import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { compareInvoices } from '../../../src/main/domain/compare-invoices.ts';
import { coverOccurrences, coverStretches, coverText } from '../../../src/main/domain/cover-text.ts';
import { emlOf, mailtoOf } from '../../../src/main/domain/mail-draft.ts';
import { isMailbox } from '../../../src/shared/mailbox.ts';
import { fieldOfPath } from '../../../src/main/domain/problem-field.ts';
import { isExternalLink } from '../../../src/main/hosts/electron/external-links.ts';
import { goodInvoice } from './good-invoice.ts';

describe('the field of a path', () => {
  it.each([
    ['Invoice[12]/CustomerParty[0]/Contact/ElectronicMail', 'CustomerParty/Contact/ElectronicMail'],
    ['Invoice[0]/InvoiceLine[3]', 'InvoiceLine'],
    ['Invoice[0]', null],
    [null, null],
  ])('%s is about %s', (path, field) => {
    expect(fieldOfPath(path)).toBe(field);
  });
});

describe('covering', () => {
  it('leaves first letters, signs and length, so that columns stay', () => {
    expect(coverText('Anna-Lisa Öberg 😀')).toBe('A***-L*** Ö**** 😀');
    expect(coverText('anna.ek@@example.com')).toBe('a***.e*@@example.com');
    expect(coverText('070-123 45 67')).toBe('0**-1** 4* 6*');
    for (const text of ['Åsa 😀 Ek', 'a@b@c.se', ''])
      expect(Array.from(coverText(text))).toHaveLength(Array.from(text).length);
  });

  it('covers stretches by code points, and every occurrence of a text', () => {
    expect(coverStretches('<N>😀Anna Ek</N>', [{ from: 3, to: 11 }])).toBe('<N>😀A*** E*</N>');
    expect(
      coverStretches('short', [
        { from: -4, to: 3 },
        { from: 9, to: 20 },
      ]),
    ).toBe('s**rt');
    expect(coverOccurrences('Anna Ek och Anna Ek, Ek', ['Ek', 'Anna Ek'])).toBe('A*** E* och A*** E*, Ek');
  });
});

describe('a mail draft', () => {
  const draft = {
    from: 'faktura@example.com',
    to: 'vendor@example.org',
    subject: `Problem i fakturafilen å ä ö 😀 ${'lång '.repeat(30)}`,
    text: 'Hej!\nRad 8: <DueDate>\n  ^\n',
    dateMs: Date.UTC(2026, 10, 21, 9, 0),
  };

  it('can be read back by an independent reader, and has lines that no mail server breaks', async () => {
    const eml = emlOf(draft);
    for (const line of eml.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
    expect(eml).toMatch(/^X-Unsent: 1\r\n/u);
    const mail = await simpleParser(eml);
    expect(mail.subject).toBe(draft.subject);
    expect(mail.text).toBe(draft.text);
    expect(mail.from?.value).toMatchObject([{ address: draft.from }]);
    expect(mail.date?.getTime()).toBe(draft.dateMs);
  });

  it('takes nothing that could end a header', async () => {
    const eml = emlOf({ ...draft, from: null, to: 'a@b.se\r\nBcc: c@d.se', subject: 'x\r\nBcc: c@d.se' });
    const mail = await simpleParser(eml);
    expect(mail.bcc).toBe(undefined);
    expect(mail.subject).toBe('x Bcc: c@d.se');
    expect(isMailbox('a@b.se?bcc=c@d.se')).toBe(false);
  });

  it('opens the mail program with recipient, subject and text, and the desktop program lets just that out', () => {
    const mailto = mailtoOf({ ...draft, subject: 'Å & b?' });
    expect(mailto).toBe(
      'mailto:vendor@example.org?subject=%C3%85%20%26%20b%3F&body=Hej!%0D%0ARad%208%3A%20%3CDueDate%3E%0D%0A%20%20%5E%0D%0A',
    );
    expect(isExternalLink(mailto)).toBe(true);
    expect(isExternalLink(mailtoOf({ ...draft, to: null, subject: 'x' }))).toBe(true);
    expect(isExternalLink(`${mailto}&attach=/etc/passwd`)).toBe(false);
    expect(isExternalLink(mailto.replace('subject=', 'attach='))).toBe(false);
    expect(isExternalLink(mailto + 'a'.repeat(2_000))).toBe(false);
  });
});

describe('two invoices', () => {
  it('are equal in every field, or differ just where they do', () => {
    const own = goodInvoice();
    expect(compareInvoices(own, goodInvoice()).filter(({ isDifferent }) => isDifferent)).toEqual([]);
    const [first, ...others] = own.lines;
    if (first === undefined) throw new Error('the sample has rows');
    const other = {
      ...goodInvoice(),
      dueDate: '2027-01-31',
      orderReference: 'PO 1',
      lines: [{ ...first, netMinor: first.netMinor + 1 }, ...others, { ...first, description: 'More' }],
    };
    const differing = compareInvoices(own, other).filter(({ isDifferent }) => isDifferent);
    expect(differing).toMatchObject([
      { field: 'dueDate', kind: 'date', own: own.dueDate, other: '2027-01-31', row: null },
      { field: 'orderReference', own: null, other: 'PO 1' },
      { path: 'lines[0].netMinor', field: 'netMinor', row: 1, kind: 'money', other: first.netMinor + 1 },
      ...['description', 'quantity', 'unitPrice', 'vatRate', 'netMinor']
        .filter((field) => field in first && first[field as keyof typeof first] !== null)
        .map((field) => ({ field, row: own.lines.length + 1, own: null })),
    ]);
  });

  it('never call amounts in two currencies the same', () => {
    const own = goodInvoice();
    const differing = compareInvoices(own, { ...own, currency: 'NOK' }).filter(({ isDifferent }) => isDifferent);
    expect(differing.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['currency', 'totals.payableMinor', 'netMinor']),
    );
  });
});
