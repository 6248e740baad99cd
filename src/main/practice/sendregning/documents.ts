// The pictures of an invoice that `select` can give: a small PDF with a page for each, and a white JPEG of the right size.

import type { BookInvoice } from './invoice-book.ts';

/** A4 in points. */
const page = '0 0 595 842';
/** Size of the service's JPEG, in pixels. */
const picture = { width: 833, height: 1179 } as const;

/** One PDF, a page an invoice, its number and total on it. */
export function pdfOf(invoices: readonly BookInvoice[]): Buffer {
  const pages = invoices.map((_invoice, index) => `${String(4 + index * 2)} 0 R`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${pages.join(' ')}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...invoices.flatMap((invoice, index) => pageObjects(invoice, 5 + index * 2)),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = String(objects.length + 1);
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${text}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(text.length)}\n%%EOF\n`,
    'latin1',
  );
}

function pageObjects({ invoiceNo, total }: BookInvoice, contentNumber: number): readonly string[] {
  const content = `BT /F1 24 Tf 72 720 Td (Faktura ${invoiceNo}) Tj 0 -40 Td (${total}) Tj ET`;
  return [
    `<< /Type /Page /Parent 2 0 R /MediaBox [${page}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${String(contentNumber)} 0 R >>`,
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
  ];
}

/** A baseline JPEG (ITU-T T.81) with one grey component: the first block says white, every other that nothing changed. */
export function whiteJpg(): Buffer {
  const blocks = Math.ceil(picture.width / 8) * Math.ceil(picture.height / 8);
  // Two codes for DC (0 = no change, 10 = ten bits follow), one for AC (0 = end of block). White is 127 × 8 above the middle.
  const bits = `10${(127 * 8).toString(2)}0${'00'.repeat(blocks - 1)}`;
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const data: number[] = [];
  for (let at = 0; at < padded.length; at += 8) {
    const byte = parseInt(padded.slice(at, at + 8), 2);
    data.push(byte);
    if (byte === 0xff) data.push(0);
  }
  const { width, height } = picture;
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...new Array<number>(64).fill(1)]),
    segment(0xc0, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, 1, 1, ...new Array<number>(14).fill(0), 0x00, 0x0a]),
    segment(0xc4, [0x10, 1, ...new Array<number>(15).fill(0), 0x00]),
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    Buffer.from(data),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function segment(marker: number, content: readonly number[]): Buffer {
  const length = content.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...content]);
}
