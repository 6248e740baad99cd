// The invoice screen's reading of one invoice: the same result as at import, and places that point at the very text.

import { describe, expect, it } from 'vitest';
import { createReadInvoiceSlice } from '../../../src/main/formats/read-invoice-slice.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { readContent, resourcesDir } from '../../unit/formats/read-text.ts';

const readSlice = createReadInvoiceSlice({ resourcesDir });
const text = batchText([
  invoiceText(),
  invoiceText({ id: '1002', name: ' Åsa &amp; 😀 Öberg ', email: '<![CDATA[asa@example.com]]>' }),
]);

/** Text between two places. */
function cut(
  source: string,
  place: { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number },
): string {
  const lines = source
    .split(/\r\n|\r|\n/)
    .slice(place.line - 1, place.endLine)
    .map((line) => Array.from(line));
  const last = lines.length - 1;
  return lines
    .map((line, index) =>
      line.slice(index === 0 ? place.column - 1 : 0, index === last ? place.endColumn - 1 : undefined).join(''),
    )
    .join('\n');
}

describe.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['ISO-8859-1', Buffer.from(text.replace('UTF-8', 'ISO-8859-1').replace('😀', '&#x1F600;'), 'latin1')],
  ['UTF-16BE', Buffer.from(`\uFEFF${text.replace('UTF-8', 'UTF-16')}`, 'utf16le').swap16()],
])('a slice in %s', (_name, bytes) => {
  it('gives the invoice and the place of every field', async () => {
    const { result, rows } = await readContent(bytes);
    const row = rows[1];
    if (!result.ok || row === undefined) throw new Error('not read');
    const slice = readSlice(bytes.subarray(row.byteOffset, row.byteOffset + row.byteLength), row, result.file.context);
    if (!slice.ok) throw new Error(JSON.stringify(slice.error));
    expect(slice.value.invoice).toMatchObject({
      invoiceNumber: '1002',
      buyer: { name: 'Åsa & 😀 Öberg', email: 'asa@example.com' },
      metering: {
        history: [
          { month: '2026-09', kwh: '380' },
          { month: '2026-10', kwh: '400' },
        ],
      },
    });
    const source = bytes[0] === 0xfe ? text : text.replace('😀', bytes.includes('&#x1F600;') ? '&#x1F600;' : '😀');
    const places = new Map(slice.value.places.map((place) => [place.field, place]));
    expect(places.get('buyer.email')).toMatchObject({
      path: 'Invoice[1]/CustomerParty[0]/Contact/ElectronicMail',
      text: 'asa@example.com',
    });
    expect(places.get('metering.history[1].month')).toMatchObject({
      path: 'Invoice[1]/MeteringPoint/History/Month[1]/@period',
      text: '2026-10',
    });
    expect(places.get('lines[0].unit')?.path).toBe('Invoice[1]/InvoiceLine[0]/InvoicedQuantity/@unitCode');
    for (const place of slice.value.places) {
      const there = cut(source, place)
        .replace('&amp;', '&')
        .replace('&#x1F600;', '😀')
        .replace('<![CDATA[', '')
        .replace(']]>', '');
      expect(`${place.field}: ${there}`).toBe(`${place.field}: ${place.text}`);
    }
    expect(slice.value.places.length).toBeGreaterThan(40);
  });
});

describe('a slice that is not what was imported', () => {
  it('is refused when the bytes have changed', async () => {
    const { result, rows } = await readContent(text);
    const row = rows[0];
    if (!result.ok || row === undefined) throw new Error('not read');
    const bytes = Buffer.from(text);
    for (const wrong of [
      bytes.subarray(row.byteOffset + 1, row.byteOffset + row.byteLength),
      bytes.subarray(row.byteOffset, row.byteOffset + row.byteLength - 3),
      Buffer.from([0xff, 0xfe, 0xfd]),
      Buffer.alloc(0),
    ]) {
      expect(readSlice(wrong, row, result.file.context)).toMatchObject({ ok: false, error: { code: 'INVALID_XML' } });
    }
    expect(readSlice(bytes, row, { ...result.file.context, profileId: 'gone' })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });

  it('is read with the namespaces that its batch declares around it', async () => {
    const prefixed = text.replaceAll(/<(\/?)([A-Z]\w+)/g, '<$1g:$2').replace('xmlns=', 'xmlns:g=');
    const { result, rows } = await readContent(prefixed);
    const row = rows[0];
    if (!result.ok || row === undefined) throw new Error('not read');
    expect(result.file.context.namespaces).toEqual({ g: 'urn:ediel:se:electricity:invoice:1.0' });
    const bytes = Buffer.from(prefixed).subarray(row.byteOffset, row.byteOffset + row.byteLength);
    expect(readSlice(bytes, row, result.file.context)).toMatchObject({
      ok: true,
      value: { invoice: { invoiceNumber: '1001' } },
    });
  });
});
