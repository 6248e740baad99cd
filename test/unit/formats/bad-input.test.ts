// Every kind of bad file: its code, and the exact place.

import { describe, expect, it } from 'vitest';
import { batchText, invoiceText } from './gasel-text.ts';
import { placeOf, readContent, refusalOf } from './read-text.ts';

const good = batchText([invoiceText(), invoiceText({ id: '1002' })]);

/** The good batch with one piece of text replaced, and the place where the change starts. */
function broken(
  from: string,
  to: string,
): { readonly text: string; readonly place: { readonly line: number; readonly column: number } } {
  return { text: good.replace(from, to), place: placeOf(good, from) };
}

describe('a batch without faults', () => {
  it('is read whole, with places', async () => {
    const { result, rows, problems } = await readContent(good);
    expect(problems).toEqual([]);
    expect(result).toMatchObject({
      ok: true,
      file: {
        format: 'GASEL',
        sourceBatchId: 'BATCH2026112100001',
        invoiceCount: 2,
        problems: [],
        sellerName: 'Exempelenergi AB',
      },
    });
    expect(rows).toHaveLength(2);
    const bytes = Buffer.from(good);
    for (const row of rows) {
      const slice = bytes.subarray(row.byteOffset, row.byteOffset + row.byteLength).toString();
      expect(slice.startsWith('<Invoice>') && slice.endsWith('</Invoice>')).toBe(true);
      expect(slice).toContain(`<ID>${row.invoiceNumber}</ID>`);
      expect(row).toMatchObject({ column: 3, payableMinor: 50_000, customerName: 'Åsa Öberg', channel: 'email' });
    }
    expect(rows[0]?.line).toBe(placeOf(good, '<Invoice>').line);
  });
});

describe('the size of a file', () => {
  it.each([
    ['an empty file', 0, 'empty'],
    ['a file of 500 bytes', 500, 'tooSmall'],
    ['a file of 101 MB', 101 * 1024 * 1024, 'tooLarge'],
  ])('refuses %s', async (_name, size, reason) => {
    const { code, details, problem } = await refusalOf(Buffer.alloc(size, ' '));
    expect(code).toBe('FILE_TOO_LARGE');
    expect(details).toMatchObject({ fileSize: size, limit: 104_857_600, minimum: 1_024 });
    expect(details.suggestion).toBeTruthy();
    expect(problem).toMatchObject({ ruleId: 'core.file.size', line: null, column: null, params: { reason } });
  });

  it('has words of its own for an empty file', async () => {
    const { result } = await readContent('');
    expect(result).toMatchObject({ ok: false, refusal: { error: { message: 'The file is empty.' } } });
  });
});

describe('a file that is not well-formed', () => {
  it.each([
    ['a bare ampersand', '<Name>Åsa', '<Name>& Åsa', 6, 'bareAmpersand'],
    ['an ampersand with a semicolon much later', '<Name>Åsa', '<Name>A & B; Åsa', 8, 'bareAmpersand'],
    ['an unknown entity', '<Name>Åsa', '<Name>&aring;sa', 6, 'unknownEntity'],
    ['a wrong end tag', '</Name>', '</Nam>', 0, 'wrongEndTag'],
    ['a stray end tag', '<TaxPercent>25</TaxPercent>', '25</TaxPercent>', 2, 'wrongEndTag'],
    ['an unquoted attribute', 'unitCode="KWH"', 'unitCode=KWH', 9, 'unquotedAttribute'],
    ['an attribute without a value', 'unitCode="KWH"', 'unitCode', 0, 'missingAttributeValue'],
    ['an attribute given twice', 'unitCode="KWH"', 'unitCode="KWH" unitCode="KWH"', 15, 'duplicateAttribute'],
    ['a less-than sign in an attribute', 'unitCode="KWH"', 'unitCode="<KWH"', 10, 'lessThanInAttribute'],
    ['a missing space between attributes', 'unitCode="KWH"', 'unitCode="KWH"b="1"', 14, 'missingSpace'],
    ['a less-than sign in text', '<Name>Åsa', '<Name>3 < 5', 8, 'badName'],
    ['a control character', '<Name>Åsa', '<Name>Å\u0001sa', 7, 'controlCharacter'],
    ['a reference to a control character', '<Name>Åsa', '<Name>&#0;', 6, 'controlCharacter'],
    ['a CDATA end in text', '<Name>Åsa', '<Name>]]>', 6, 'cdataEndInText'],
    ['an unbound prefix', '<TaxPercent>25</TaxPercent>', '<x:TaxPercent>25</x:TaxPercent>', 1, 'unboundPrefix'],
    ['two dashes in a comment', '<TaxPercent>', '<!-- a -- b --><TaxPercent>', 7, 'badComment'],
    ['an XML declaration in the middle', '<TaxPercent>', '<?xml version="1.0"?><TaxPercent>', 0, 'badInstruction'],
    ['text after the root', '</InvoiceBatch>', '</InvoiceBatch> and more', 16, 'textOutsideRoot'],
    ['a second root', '</InvoiceBatch>', '</InvoiceBatch><Again/>', 15, 'secondRoot'],
  ])('gives the place of %s', async (_name, from, to, offset, reason) => {
    const { text, place } = broken(from, to);
    const { code, details, problem } = await refusalOf(text);
    expect({ code, reason: problem.params.reason, line: problem.line, column: problem.column }).toEqual({
      code: 'INVALID_XML',
      reason,
      line: place.line,
      column: place.column + offset,
    });
    expect(problem.ruleId).toBe('core.xml.wellformed');
    expect(details).toMatchObject({ line: problem.line, column: problem.column });
    expect(details.error).toBeTruthy();
    expect(details.suggestion).toBeTruthy();
  });

  it('names both tags and the line of the start tag for a wrong end tag', async () => {
    const { text } = broken('      </Contact>', '      </Kontakt>');
    const { problem } = await refusalOf(text);
    expect(problem).toMatchObject({
      found: '</Kontakt>',
      expected: '</Contact>',
      path: 'Invoice[0]/CustomerParty/Contact',
      params: { actual: 'Kontakt', expected: 'Contact', openedLine: placeOf(good, '<Contact>').line },
    });
  });

  it('says where a cut-off file ends and what is missing', async () => {
    const text = good.slice(0, good.indexOf('<ElectronicMail>') + 20);
    const { problem } = await refusalOf(text);
    const lines = text.split('\n');
    expect(problem).toMatchObject({
      line: lines.length,
      column: (lines.at(-1)?.length ?? 0) + 1,
      params: { reason: 'unclosedElement', element: 'ElectronicMail' },
    });
  });

  it('says so when a file is cut off inside a tag', async () => {
    const { problem } = await refusalOf(good.slice(0, good.indexOf('<ElectronicMail>') + 5));
    expect(problem).toMatchObject({ ...placeOf(good, '<ElectronicMail>'), params: { reason: 'unfinished' } });
  });

  it('refuses what is no XML at all, at its first character', async () => {
    const { code, problem } = await refusalOf(`\n  ${'number;name;amount\n'.repeat(100)}`);
    expect(code).toBe('INVALID_XML');
    expect(problem).toMatchObject({ line: 2, column: 3, params: { reason: 'noRoot' } });
  });

  it('finds a bare ampersand that nothing ends', async () => {
    const text = good.replace('<Name>Åsa Öberg</Name>', `<Name>A & B</Name><!-- ${'x'.repeat(3_000_000)} -->`);
    const { problem } = await refusalOf(text);
    expect(problem).toMatchObject({ ...placeOf(text, '& B'), params: { reason: 'bareAmpersand' } });
  });
});

describe('what is refused for safety', () => {
  it('refuses a DOCTYPE with entities, at its place', async () => {
    const doctype = '<!DOCTYPE lol [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>';
    const text = good.replace('<InvoiceBatch', `${doctype}\n<InvoiceBatch`).replace('Åsa Öberg', '&b;&x;');
    const { code, problem } = await refusalOf(text);
    expect(code).toBe('INVALID_XML');
    expect(problem).toMatchObject({ ruleId: 'core.xml.doctype', line: 2, column: 1, found: '<!DOCTYPE' });
  });

  it.each([
    ['depth', good.replace('<TaxPercent>', `${'<a>'.repeat(130)}${'</a>'.repeat(130)}<TaxPercent>`)],
    [
      'attributes',
      good.replace(
        '<TaxPercent>',
        `<TaxPercent ${Array.from({ length: 300 }, (_, index) => `a${index}="1"`).join(' ')}>`,
      ),
    ],
    ['nameLength', good.replace('<TaxPercent>', `<${'n'.repeat(2000)}/><TaxPercent>`)],
    ['valueLength', good.replace('Åsa Öberg', 'Å'.repeat(2_000_000))],
    ['valueLength', good.replace('unitCode="KWH"', `unitCode="${'K'.repeat(2_000_000)}"`)],
    ['items', good.replace('    <InvoiceLine>', `${'<Note>x</Note>'.repeat(100_001)}    <InvoiceLine>`)],
  ])('names the cap: %s', async (limit, text) => {
    const { code, problem } = await refusalOf(text);
    expect(code).toBe('INVALID_XML');
    expect(problem).toMatchObject({ ruleId: 'core.xml.limit', params: { limit } });
    expect(problem.line).toBeGreaterThan(1);
  });

  it('names the format and what is supported when the namespace is unknown', async () => {
    const { code, details, problem } = await refusalOf(
      good.replace('urn:ediel:se:electricity:invoice:1.0', 'http://unknown.com/schema'),
    );
    expect(code).toBe('UNSUPPORTED_FORMAT');
    expect(details).toMatchObject({
      detectedNamespace: 'http://unknown.com/schema',
      detectedRoot: 'InvoiceBatch',
      nearestFormat: { format: 'GASEL 1.0', root: 'InvoiceBatch', differs: 'namespace' },
    });
    expect(details.supportedFormats).toEqual(expect.arrayContaining(['GASEL', 'Peppol BIS', 'Svefaktura', 'UBL']));
    expect(problem).toMatchObject({ ruleId: 'core.format.unsupported', line: 2, column: 1 });
  });

  it.each([
    ['another version', 'InvoiceBatch', 'urn:ediel:se:electricity:invoice:2.0', 'GASEL 1.0', 'namespace'],
    ['another root in the namespace', 'Batch', 'urn:ediel:se:electricity:invoice:1.0', 'GASEL 1.0', 'root'],
    ['an old UBL', 'Invoice', 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-1', 'UBL 2.1', 'namespace'],
    ['letters’ case', 'Invoice', 'urn:sfti:documents:basicinvoice:1:0', 'Svefaktura 1.0', 'namespace'],
    ['both nearly right', 'Statements', 'urn:utskick:profile:xellent:2', 'XELLENT 1', 'both'],
  ])('names the nearest format for %s', async (_name, root, namespace, format, differs) => {
    const { details } = await refusalOf(`<${root} xmlns="${namespace}">${' '.repeat(1_100)}</${root}>`);
    expect(details).toMatchObject({ nearestFormat: { format, differs } });
  });

  it.each([
    ['Finvoice', '', 'Finvoice'],
    ['Invoice', 'http://rep.oio.dk/ubl/xml/schemas/0p71/pie/', 'OIOXML 0.7'],
    ['Interchange', 'http://www.e2b.no/XMLSchema', 'E2B'],
    ['rss', '', undefined],
  ])('says what %s in "%s" is when it is known and not read', async (root, namespace, name) => {
    const { details } = await refusalOf(`<${root} xmlns="${namespace}">${' '.repeat(1_100)}</${root}>`);
    expect(details.knownAs).toBe(name);
    expect(details.nearestFormat).toBeUndefined();
  });

  it('refuses a batch without invoices', async () => {
    const { result } = await readContent(
      batchText([], { total: '0.00' }).replace('</Seller>', `</Seller>${' '.repeat(1024)}`),
    );
    expect(result).toMatchObject({
      ok: false,
      refusal: {
        error: { code: 'VALIDATION_ERROR' },
        problems: [{ ruleId: 'core.required', params: { field: 'invoices' }, line: 2 }],
      },
    });
  });
});

describe('encodings', () => {
  const declared = (encoding: string): string => good.replace('UTF-8', encoding);

  it.each([
    ['ISO-8859-1 with a declaration', Buffer.from(declared('ISO-8859-1'), 'latin1')],
    ['Windows-1252 with a declaration', Buffer.from(declared('windows-1252'), 'latin1')],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${good}`)],
    ['UTF-16LE with a byte order mark', Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le')],
    ['UTF-16BE with a byte order mark', Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le').swap16()],
    ['UTF-16LE without a byte order mark', Buffer.from(declared('UTF-16'), 'utf16le')],
    ['CRLF line ends', Buffer.from(good.replaceAll('\n', '\r\n'))],
    ['lone CR line ends', Buffer.from(good.replaceAll('\n', '\r'))],
  ])('reads %s', async (_name, bytes) => {
    const { result, rows, problems } = await readContent(bytes);
    expect(problems).toEqual([]);
    expect(result).toMatchObject({ ok: true, file: { invoiceCount: 2, lineCount: good.split('\n').length } });
    expect(rows.map(({ customerName, line, column }) => ({ customerName, line, column }))).toEqual([
      { customerName: 'Åsa Öberg', ...placeOf(good, '<Invoice>') },
      {
        customerName: 'Åsa Öberg',
        line: 1 + placeOf(good.replace('<Invoice>', '<Xnvoice>'), '<Invoice>').line - 1,
        column: 3,
      },
    ]);
  });

  it('reads a file of one line, with columns in code points', async () => {
    const text = batchText([
      invoiceText({ name: '𝔸sa 😀' }),
      invoiceText({ id: '1002', dueDate: '2025-02-30' }),
    ]).replaceAll('\n', '');
    const { rows, problems } = await readContent(text);
    expect(rows.map(({ line }) => line)).toEqual([1, 1]);
    expect(problems.find(({ ruleId }) => ruleId === 'core.type.date')).toMatchObject({
      ...placeOf(text, '2025-02-30'),
      endColumn: placeOf(text, '2025-02-30').column + 10,
    });
  });

  it('names line, column and byte of the first byte that is not UTF-8', async () => {
    const bytes = Buffer.from(good.replace('encoding="UTF-8"', ''), 'latin1');
    const { code, details, problem } = await refusalOf(bytes);
    const text = good.replace('encoding="UTF-8"', '');
    expect(code).toBe('INVALID_XML');
    expect(problem).toMatchObject({
      ruleId: 'core.encoding',
      ...placeOf(text, 'ä', 0),
      params: { byte: '0xE4', offset: text.indexOf('ä'), guess: 'iso-8859-1' },
    });
    expect(details.suggestion).toContain('iso-8859-1');
  });

  it('refuses an encoding it can’t read, by name', async () => {
    const { code, problem } = await refusalOf(declared('ISO-8859-15'));
    expect(code).toBe('INVALID_XML');
    expect(problem).toMatchObject({
      ruleId: 'core.encoding',
      params: { reason: 'unsupported', encoding: 'ISO-8859-15' },
    });
  });

  it('refuses UTF-8 that claims to be UTF-16, naming both', async () => {
    const { code, problem } = await refusalOf(declared('utf-16'));
    expect(code).toBe('INVALID_XML');
    expect(problem).toMatchObject({
      ruleId: 'core.encoding',
      ...placeOf(declared('utf-16'), 'utf-16'),
      params: { reason: 'contradiction', encoding: 'utf-16', actual: 'UTF-8' },
    });
  });
});

describe('values that do not parse or are strange', () => {
  it.each([
    [
      'an amount with space and comma',
      { lineAmount: '1 234,50' },
      'core.type.decimal',
      '1 234,50',
      'Invoice[0]/InvoiceLine[0]/LineExtensionAmount',
    ],
    ['a day that does not exist', { dueDate: '2025-02-30' }, 'core.type.date', '2025-02-30', 'Invoice[0]/DueDate'],
    [
      'a total with three decimals',
      { payable: '500.005' },
      'core.type.decimal',
      '500.005',
      'Invoice[0]/MonetaryTotal/PayableAmount',
    ],
  ])('reports %s once, at its place', async (_name, parts, ruleId, found, path) => {
    const text = batchText([invoiceText(parts)]);
    const { problems, rows } = await readContent(text);
    const errors = problems.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([
      {
        ruleId,
        found,
        path,
        ...placeOf(text, found),
        endColumn: placeOf(text, found).column + found.length,
        invoiceOrdinal: 0,
        invoiceNumber: '1001',
      },
    ]);
    expect(rows[0]).toMatchObject({ errorCount: 1 });
  });

  it('reports an e-mail address with a line end in it, at its place', async () => {
    for (const email of ['a@example.com&#13;&#10;Bcc: b@example.com', 'a@example.com\nBcc: b@example.com']) {
      const text = batchText([invoiceText({ email })]);
      const { problems } = await readContent(text);
      expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
        { path: 'Invoice[0]/CustomerParty[0]/Contact/ElectronicMail', ...placeOf(text, email) },
      ]);
    }
  });

  it.each([
    ['a name of 10,000 characters', { name: 'N'.repeat(10_000) }, 'N'.repeat(10_000)],
    ['script tags in a name', { name: '&lt;script&gt;alert(1)&lt;/script&gt;' }, '<script>alert(1)</script>'],
    ['script in CDATA', { name: '<![CDATA[<script>alert(1)</script>]]>' }, '<script>alert(1)</script>'],
  ])('passes %s on as text', async (_name, parts, customerName) => {
    const { result, rows, problems } = await readContent(batchText([invoiceText(parts)]));
    expect(result.ok).toBe(true);
    expect(rows[0]?.customerName).toBe(customerName);
    for (const problem of problems) expect((problem.found ?? '').length).toBeLessThanOrEqual(200);
  });

  it('passes the invoice number ../../x on as text', async () => {
    const { rows } = await readContent(batchText([invoiceText({ id: '../../x' })]));
    expect(rows[0]?.invoiceNumber).toBe('../../x');
  });

  it('reports a missing field at its nearest parent', async () => {
    const text = batchText([
      invoiceText()
        .replace(/ *<Name>Åsa Öberg<\/Name>\n/, '')
        .replace(/ *<PayableAmount>500.00<\/PayableAmount>\n/, ''),
    ]);
    const { problems } = await readContent(text);
    expect(problems.filter(({ ruleId }) => ruleId === 'core.required')).toMatchObject([
      {
        path: 'Invoice[0]/CustomerParty[0]/Name',
        params: { field: 'buyer.name', element: 'Name' },
        ...placeOf(text, '<CustomerParty>'),
      },
      { path: 'Invoice[0]/MonetaryTotal/PayableAmount', ...placeOf(text, '<MonetaryTotal>') },
    ]);
  });

  it('masks personal numbers in what it shows', async () => {
    const text = batchText([
      invoiceText().replace('<CustomerID>', '<PersonalNumber>19121212-1219</PersonalNumber><CustomerID>'),
    ]);
    const { problems } = await readContent(text);
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems)).not.toContain('1219');
  });

  it('reports a number that stands twice in the file, naming the first line', async () => {
    const text = batchText([invoiceText(), invoiceText({ id: '1002' }), invoiceText()]);
    const { problems } = await readContent(text);
    expect(problems).toMatchObject([
      {
        ruleId: 'core.duplicate.batch',
        invoiceOrdinal: 2,
        path: 'Invoice[2]/ID',
        params: { number: '1001', firstOrdinal: 0, firstLine: placeOf(text, '<Invoice>').line },
      },
    ]);
  });

  it('reports declared counts and sums that differ from what was read', async () => {
    const text = batchText([invoiceText()], { count: '3', total: '999.00' });
    const { result } = await readContent(text);
    expect(result.ok && result.file.problems).toMatchObject([
      {
        ruleId: 'core.batch.count',
        ...placeOf(text, '3</InvoiceCount>'),
        path: 'InvoiceBatch/InvoiceCount',
        params: { declared: 3, actual: 1 },
      },
      {
        ruleId: 'core.batch.total',
        ...placeOf(text, '999.00'),
        params: { declaredMinor: 99_900, actualMinor: 50_000, currency: 'SEK' },
      },
    ]);
  });
});
