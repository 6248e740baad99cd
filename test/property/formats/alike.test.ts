// Documents of one invoice that begin as one that was read before, against the tokenizer: the same result to the letter, or left to it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlikeDocuments } from '../../../src/main/formats/alike-documents.ts';
import { ublText } from '../../support/ubl-text.ts';
import { profiles } from '../../unit/formats/read-text.ts';
import { readInPieces } from './pieces.ts';
import type { PiecesOutcome } from './pieces.ts';

const set = profiles();
const parts = { kind: 'Invoice', customer: 'Kari Ødegård 😀', email: 'kari@example.com', net: 100 } as const;
const texts = [
  ublText({ ...parts, number: '1001' }),
  ublText({ ...parts, number: '1002', customer: 'Åse' }).replace('<cac:PaymentMeans>', '<cbc:Note/>$&'),
  ublText({ ...parts, number: '1003' }).replaceAll('</cac:InvoiceLine>', '$&\n<cac:Unknown a="1">x</cac:Unknown>'),
];

function tokenized(bytes: Uint8Array): PiecesOutcome {
  return readInPieces(bytes, [], set, { isTokenizedOnly: true });
}

/** What documents like these have taught. */
function taught(documents: readonly Uint8Array[]): AlikeDocuments {
  const alike = new AlikeDocuments();
  for (const bytes of documents) readInPieces(bytes, [], set, { alike });
  return alike;
}

/** Reads with what was learnt; tells how many invoices went through the tokenizer. */
function read(
  bytes: Uint8Array,
  alike: AlikeDocuments,
): { readonly outcome: PiecesOutcome; readonly tokenized: number } {
  let count = 0;
  const outcome = readInPieces(bytes, [], set, { alike, onTokenized: (invoices) => (count = invoices) });
  return { outcome, tokenized: count };
}

describe('a document that begins as one that was read before', () => {
  it.each([
    ['with LF', (text: string) => Buffer.from(text)],
    ['with CRLF and a byte order mark', (text: string) => Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`)],
    ['on one line', (text: string) => Buffer.from(text.replaceAll(/\n\s*/g, ''))],
    [
      'in ISO-8859-1',
      (text: string) => Buffer.from(text.replace('UTF-8', 'ISO-8859-1').replaceAll('😀', 'é'), 'latin1'),
    ],
    ['with white space behind it', (text: string) => Buffer.from(`${text}\n\r\t `)],
    [
      'with prefixes of its own',
      (text: string) => Buffer.from(text.replaceAll('cbc:', 'b:').replace('xmlns:cbc', 'xmlns:b')),
    ],
    [
      'with a prefix on the root',
      (text: string) =>
        Buffer.from(text.replace('<Invoice xmlns=', '<u:Invoice xmlns:u=').replace('</Invoice', '</u:Invoice')),
    ],
    [
      'with a schema location',
      (text: string) =>
        Buffer.from(
          text.replace(
            '<Invoice ',
            '<Invoice xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" ',
          ),
        ),
    ],
  ])('is read as the tokenizer reads it, without it: %s', (_name, write) => {
    const documents = texts.map(write);
    const alike = taught(documents);
    for (const bytes of documents) {
      const { outcome, tokenized: count } = read(bytes, alike);
      expect(outcome.invoices).toHaveLength(1);
      expect(outcome).toEqual(tokenized(bytes));
      expect(count).toBe(0);
    }
  });

  it.each([
    ['something behind it', (text: string) => `${text}<!-- c -->`],
    ['text behind it', (text: string) => `${text}x`],
    ['a second root', (text: string) => `${text}<a/>`],
    ['a comment', (text: string) => text.replace('<cac:TaxTotal>', '<!-- c -->$&')],
    ['a namespace of its own', (text: string) => text.replace('<cac:TaxTotal>', '<cac:TaxTotal xmlns:cac="urn:x">')],
    ['a default namespace inside', (text: string) => text.replace('<cac:TaxTotal>', '<cac:TaxTotal xmlns="urn:x">')],
    [
      'a prefix that is not declared',
      (text: string) => text.replaceAll('cbc:Note', 'x:Note').replace('30<', '30<x:a/><'),
    ],
    ['an attribute with a prefix', (text: string) => text.replace('<cac:TaxTotal>', '<cac:TaxTotal cbc:a="1">')],
    ['another root that begins alike', (text: string) => text.replaceAll('</Invoice>', '</Invoice >')],
    ['no end', (text: string) => text.slice(0, text.indexOf('</Invoice>'))],
  ])('is left to the tokenizer with %s', (_name, change) => {
    const alike = taught(texts.map((text) => Buffer.from(text)));
    const bytes = Buffer.from(change(texts[0] ?? ''));
    const { outcome, tokenized: count } = read(bytes, alike);
    expect(outcome).toEqual(tokenized(bytes));
    expect(count).toBe(1);
  });

  it('is not read when its byte order mark contradicts the declaration of the one before', () => {
    const text = ublText({ ...parts, number: '1001', customer: 'Kari' })
      .replace('UTF-8', 'us-ascii')
      .replaceAll(/[^\0-\x7f]/gu, 'o');
    const alike = taught([Buffer.from(text)]);
    expect(read(Buffer.from(text), alike).tokenized).toBe(0);
    const bytes = Buffer.from(`\uFEFF${text}`);
    const { outcome } = read(bytes, alike);
    expect(outcome).toEqual(tokenized(bytes));
    expect(outcome.refusal?.error.code).toBe('INVALID_XML');
  });

  it('is not taken for a document whose root closes itself', () => {
    const root = /^[^]*?<Invoice [^>]*/.exec(texts[0] ?? '')?.[0] ?? '';
    const alike = taught([Buffer.from(`${root}/>`)]);
    const bytes = Buffer.from(`${root}/><cbc:ID>1</cbc:ID></Invoice>`);
    expect(read(bytes, alike).outcome).toEqual(tokenized(bytes));
  });

  it('is read as the tokenizer reads it whatever a mutation makes of it', () => {
    const documents = texts.map((text) => Buffer.from(text));
    const alike = taught(documents);
    const insertions = [
      ...[
        '<cbc:Note>x</cbc:Note>',
        '<cbc:Note/>',
        '</cbc:Note>',
        '<cbc:ID>',
        '</Invoice>',
        '<Invoice>',
        '<cac:Party>',
        '</cac:Party>',
      ],
      ...[
        '\r\n',
        '\r',
        ' ',
        ']',
        ']]>',
        '&amp;',
        '<',
        '>',
        '"',
        "'",
        '=',
        '/',
        ':',
        'cac:',
        'x:',
        ' xmlns:cac="urn:x"',
        ' xmlns=""',
      ],
      ...[' a="1" a="1"', ' cbc:a="1"', '\u0001', '\uFFFF', 'å', '<!-- c -->', '<![CDATA[x]]>', '<?p i?>', '<cbc:å/>'],
    ];
    const mutation = fc.record({
      at: fc.integer({ min: 0, max: (texts[0] ?? '').length + 20 }),
      remove: fc.oneof(fc.constant(0), fc.nat(12)),
      insert: fc.oneof(fc.constantFrom(...insertions), fc.string({ maxLength: 3, unit: 'grapheme' })),
    });
    let sound = 0;
    let quick = 0;
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 2 }), (text, mutations) => {
        for (const { at, remove, insert } of mutations) text = text.slice(0, at) + insert + text.slice(at + remove);
        const bytes = Buffer.from(text);
        const slow = tokenized(bytes);
        const { outcome, tokenized: count } = read(bytes, alike);
        expect(outcome).toEqual(slow);
        if (slow.refusal === null) sound++;
        if (slow.refusal === null && count === 0) quick++;
      }),
      { numRuns: 1500 },
    );
    expect(sound).toBeGreaterThan(100);
    expect(quick).toBeGreaterThan(50);
  });
});
