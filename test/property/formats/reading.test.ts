// The reader against chance: cut anywhere, broken anywhere, mutated anyhow.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { profiles } from '../../unit/formats/read-text.ts';
import { readInPieces } from './pieces.ts';
import type { PiecesOutcome } from './pieces.ts';

const set = profiles();
const two = batchText([
  invoiceText({ name: 'Åsa 😀 Öberg €', extra: '    <Note><![CDATA[a < b]]> &amp; &#x1F600;</Note><!-- ö -->\r\n' }),
  invoiceText({ id: '1002' }),
]);

/** Line and column, in code points, of an offset in code units. */
function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: Array.from(lines.at(-1) ?? '').length + 1 };
}

const one = batchText([
  invoiceText({ name: 'Åsa 😀 €', extra: '    <Note><![CDATA[a < b]]> &amp; &#x1F600;</Note><!-- ö -->\r\n' }),
]);

describe('where a file is cut into pieces', () => {
  it.each([
    ['UTF-8 with LF', Buffer.from(one)],
    ['UTF-8 with CRLF', Buffer.from(`\uFEFF${one.replaceAll(/\r?\n/g, '\r\n')}`)],
    ['UTF-16LE', Buffer.from(`\uFEFF${one.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
  ])('never changes the result, at any byte: %s', (_name, bytes) => {
    const whole = JSON.stringify(readInPieces(bytes, [], set));
    expect(readInPieces(bytes, [], set)).toMatchObject({
      refusal: null,
      invoices: [{ invoice: { buyer: { name: 'Åsa 😀 €' }, notes: ['a < b & 😀'] } }],
    });
    for (let cut = 1; cut < bytes.length; cut++) {
      if (JSON.stringify(readInPieces(bytes, [cut], set)) !== whole)
        expect(`cut at byte ${cut}`).toBe('the same result');
    }
  });

  it('never changes the result when every byte comes alone', () => {
    const bytes = Buffer.from(two);
    expect(readInPieces(bytes, [...bytes.keys()], set)).toEqual(readInPieces(bytes, [], set));
  });

  it('never changes the place of a fault', () => {
    const text = two.replace('<ID>1002</ID>', '<ID>1002</Id>');
    const bytes = Buffer.from(text);
    const whole = readInPieces(bytes, [], set);
    expect(whole.refusal?.problems).toMatchObject([placeAt(text, text.indexOf('</Id>'))]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 12 }), (cuts) => {
        expect(
          readInPieces(
            bytes,
            cuts.sort((a, b) => a - b),
            set,
          ),
        ).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a fault planted anywhere', () => {
  // Places where character data stands: right after an end tag's or a start tag's `>`, inside the root.
  const inside = [...two.matchAll(/>/g)]
    .map((match) => match.index + 1)
    .filter(
      (at) =>
        at > two.indexOf('<BatchID>') &&
        at < two.indexOf('</InvoiceBatch>') &&
        !two.slice(0, at).endsWith('-->') &&
        !/<!--[^>]*$|<!\[CDATA\[(?:(?!\]\]>).)*$/s.test(two.slice(0, at)),
    );

  it.each([
    ['a bare ampersand', '& ', 'bareAmpersand'],
    ['a control character', '\u0002', 'controlCharacter'],
    ['a less-than sign', '< ', 'badName'],
    ['a wrong end tag', '</Nowhere>', 'wrongEndTag'],
    ['an unknown entity', '&nbsp;', 'unknownEntity'],
  ])('is found at its own place: %s', (_name, fault, reason) => {
    fc.assert(
      fc.property(fc.constantFrom(...inside), fc.integer({ min: 1, max: 400 }), (at, pieceBytes) => {
        const text = two.slice(0, at) + fault + two.slice(at);
        const bytes = Buffer.from(text);
        const cuts = Array.from(
          { length: Math.floor(bytes.length / pieceBytes) },
          (_unused, index) => (index + 1) * pieceBytes,
        );
        const { refusal } = readInPieces(bytes, cuts, set);
        expect(refusal?.problems).toMatchObject([{ ...placeAt(text, at), params: { reason } }]);
      }),
      { numRuns: 150 },
    );
  });
});

/** What must not depend on the pieces: how much is shown of a stretch of stray text may. */
function essence({ invoices, refusal }: PiecesOutcome): unknown {
  return {
    invoices,
    refusals: refusal?.problems.map(({ ruleId, line, column, params }) => ({ ruleId, line, column, params })),
  };
}

describe('a file mutated at random', () => {
  const mutation = fc.record({
    at: fc.nat(two.length - 1),
    remove: fc.nat(30),
    insert: fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        '<!--',
        '-->',
        ']]>',
        '<![CDATA[',
        '<?',
        '?>',
        '</',
        '/>',
        '\0',
        '\uFFFF',
        '&#0;',
        '&#x110000;',
        '<!DOCTYPE x>',
        'xmlns:a=""',
        '\uD800',
      ),
    ),
  });

  it('gives a result or a refusal with a place inside the file, never a crash', () => {
    fc.assert(
      fc.property(
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 20, max: 4000 }),
        (mutations, pieceBytes) => {
          let text = two;
          for (const { at, remove, insert } of mutations) text = text.slice(0, at) + insert + text.slice(at + remove);
          const bytes = Buffer.from(text);
          const cuts = Array.from(
            { length: Math.floor(bytes.length / pieceBytes) },
            (_unused, index) => (index + 1) * pieceBytes,
          );
          const outcome = readInPieces(bytes, cuts, set);
          expect(essence(readInPieces(bytes, [], set))).toEqual(essence(outcome));
          const lines = text.toWellFormed().split(/\r\n|\r|\n/);
          for (const { line, column } of outcome.refusal?.problems ?? []) {
            expect(line).toBeGreaterThan(0);
            expect(line).toBeLessThanOrEqual(lines.length);
            expect(column).toBeGreaterThan(0);
            expect(column).toBeLessThanOrEqual(Array.from(lines[(line ?? 1) - 1] ?? '').length + 1);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives a result or a refusal when bytes are changed', () => {
    const original = Buffer.from(two);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (changes) => {
          const bytes = Buffer.from(original);
          for (const [at, value] of changes) bytes[at] = value;
          const outcome = readInPieces(bytes, [], set);
          expect(
            outcome.refusal === null ||
              outcome.refusal.error.code === 'INVALID_XML' ||
              outcome.refusal.error.code === 'UNSUPPORTED_FORMAT',
          ).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the fast lane for plainly written invoices', () => {
  const extra = '    <Note lang="sv">Hej</Note>\n    <Unknown a="1"><Deep>x</Deep><Empty/></Unknown>\n    <Note/>\n';
  // The first one goes through the tokenizer, the next two are read tag by tag, the last two are compared with those.
  const five = batchText([
    invoiceText(),
    invoiceText({ id: '1002', extra }),
    invoiceText({ id: '1003', name: 'Åsa 😀' }),
    invoiceText({ id: '1004', name: 'Ö', extra }),
    invoiceText({ id: '1005' }),
  ]);
  const tokenized = (text: string): PiecesOutcome =>
    readInPieces(Buffer.from(text), [], set, { isTokenizedOnly: true });
  const from = five.indexOf('</Invoice>') + 10;
  const plainParts = [
    '<Note>x</Note>',
    '<Note/>',
    '<Note a="1" b=\'2\'>',
    '</Note>',
    '<ID>',
    '</Invoice>',
    '<Invoice>',
    '\r\n',
    '\r',
    ' ',
    ']',
    ']]>',
    '&amp;',
    '&lt;',
    '&nbsp;',
    '&amp',
    '&#65;',
    '<',
    '>',
    '"',
    "'",
    '=',
    '/',
    ' xmlns="urn:x"',
    ' a="1" a="1"',
    '\u0001',
    '\u007f',
    '\uFFFF',
    '<!-- c -->',
    '<![CDATA[x]]>',
    '<?p i?>',
    'x:',
    '<Month period="2026-01">1</Month>',
    '<å/>',
  ];

  it('gives what the tokenizer gives, to the letter', () => {
    expect(tokenized(five).invoices).toHaveLength(5);
    for (const text of [
      five,
      five.replaceAll('\n', '\r\n'),
      five.replaceAll('\n', '\r'),
      five.replaceAll('\n', ''),
      five.replaceAll('\n', '\n\n\t'),
      five.replaceAll('>\n', ' >😀\r\n').replaceAll('=', ' \n= '),
      five
        .replaceAll('Storgatan', ' &amp;a&lt;&gt;&quot;&apos;&amp;amp; ')
        .replaceAll('Provgatan', '&amp;')
        .replaceAll('<Deep>x', '<Deep>&lt;'),
      five.replaceAll('Storgatan', '&#38;a').replaceAll('Provgatan', '&amp;&#60;'),
      five.replaceAll('<Month ', '<Month\r\n\tå="ö😀" ').replaceAll('Storgatan', '\u00a0Öst\u2009'),
      five.replaceAll('<Month ', '<Month\r\n\ta="]ö😀" c=\'\' ').replaceAll('Provgatan', '\u00a0Öst\u2009'),
    ])
      expect(readInPieces(Buffer.from(text), [], set)).toEqual(tokenized(text));
  });

  it('gives what the tokenizer gives in the encodings of one byte', () => {
    for (const encoding of ['ISO-8859-1', 'windows-1252']) {
      const bytes = Buffer.from(five.replace('UTF-8', encoding).replaceAll('😀', 'ÿ\u0080é'), 'latin1');
      const outcome = readInPieces(bytes, [], set);
      expect(outcome.invoices).toHaveLength(5);
      expect(outcome).toEqual(readInPieces(bytes, [], set, { isTokenizedOnly: true }));
    }
  });

  it('gives what the tokenizer gives wherever the file is cut', () => {
    for (const text of [five, five.replaceAll('\n', '\r\n')]) {
      const slow = JSON.stringify(tokenized(text));
      const bytes = Buffer.from(text);
      for (let cut = 1; cut < bytes.length; cut += 29) {
        if (JSON.stringify(readInPieces(bytes, [cut, cut + 701], set)) !== slow)
          expect(`cut at byte ${cut}`).toBe('the same result');
      }
    }
  });

  it('leaves nothing to the tokenizer that is written like what came before', () => {
    const ids = Array.from({ length: 200 }, (_unused, index) => String(1_000 + index));
    const batch = batchText(
      ids.map((id) => invoiceText(Number(id) % 3 === 0 ? { id, extra } : { id, name: `Ö &amp; ${id}` })),
    );
    const bytes = Buffer.from(batch);
    const cuts = Array.from({ length: Math.floor(bytes.length / 5_003) }, (_unused, index) => (index + 1) * 5_003);
    let left = Infinity;
    const outcome = readInPieces(bytes, cuts, set, { onTokenized: (invoices) => (left = invoices) });
    expect(outcome).toEqual(tokenized(batch));
    expect(left).toBeLessThan(3);
  });

  it('leaves to the tokenizer whatever a mutation makes of an invoice', () => {
    const mutation = fc.record({
      at: fc.integer({ min: from, max: five.length - 1 }),
      remove: fc.oneof(fc.constant(0), fc.nat(12)),
      insert: fc.oneof(fc.constantFrom(...plainParts), fc.string({ maxLength: 3, unit: 'grapheme' })),
    });
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: five.length }), { maxLength: 3 });
    let sound = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), cuts, (mutations, at) => {
        let text = five;
        for (const { at, remove, insert } of mutations) text = text.slice(0, at) + insert + text.slice(at + remove);
        const slow = tokenized(text);
        if (slow.refusal === null) sound++;
        const ascending = at.sort((one, other) => one - other);
        expect(essence(readInPieces(Buffer.from(text), ascending, set))).toEqual(essence(slow));
      }),
      { numRuns: 2500 },
    );
    expect(sound).toBeGreaterThan(200);
  });
});
