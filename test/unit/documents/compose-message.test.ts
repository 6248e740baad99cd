// The e-mail that carries an invoice.

import { expect, test } from 'vitest';
import { composeMessage } from '../../../src/main/documents/compose-message.ts';
import { creditNote, documentOf, norwegianInvoice, swedishInvoice } from '../../support/document-samples.ts';

test('subject and text say what, how much, when and with which number, in Swedish', () => {
  const { subject, text } = composeMessage(documentOf(swedishInvoice()));
  expect(subject).toBe('Faktura 1042 från Norrköpings Kraft & Värme AB');
  for (const part of [
    'Hej Åsa Öström-Lindéngård!',
    '2 856,00 kr',
    '2026-11-30',
    '1042000010428',
    '5402-9681',
    'bifogad som PDF',
    '011-123 45 67',
  ]) {
    expect(text).toContain(part);
  }
});

test('a Norwegian e-mail speaks of KID and account number', () => {
  const { subject, text, html } = composeMessage(documentOf(norwegianInvoice(), 'nb'));
  expect(subject).toBe('Faktura 30017 fra Fjordkraft Nærøy AS');
  expect(text).toMatch(/KID-nummer: +602243/u);
  expect(text).toMatch(/Kontonummer: +8601 11 17947/u);
  expect(html).toContain('<html lang="nb">');
});

test('a credit note asks for no payment', () => {
  const { subject, text } = composeMessage(documentOf(creditNote()));
  expect(subject).toContain('Kreditfaktura K1043');
  expect(text).toContain('Inget ska betalas');
  expect(text).not.toContain('5402-9681');
});

test('nothing from the file becomes markup, a header or a remote address', () => {
  const base = swedishInvoice();
  const buyer = { ...base.buyer, name: '<script>alert("x")</script>' };
  const seller = {
    ...base.seller,
    name: 'Elbolaget\r\nBcc: all@example.com\u0000 <img src="https://example.org/x.png">',
  };
  const { subject, html } = composeMessage(documentOf(swedishInvoice({ buyer, seller, invoiceNumber: '10\r\n42' })));
  expect(subject).toMatch(/^[^\p{Cc}]+$/u);
  expect(html).not.toMatch(/<(?:script|img|a|link|style)\b|<[^>]*(?:href|src)=|url\(/u);
  expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
});

test('a personal number is in no body', () => {
  const { text, html } = composeMessage(documentOf(swedishInvoice()));
  expect(text + html).not.toContain('1212');
});

test('a long subject is cut', () => {
  const { subject } = composeMessage(documentOf(swedishInvoice({ invoiceNumber: '9'.repeat(5000) })));
  expect(subject.length).toBeLessThanOrEqual(150);
});
