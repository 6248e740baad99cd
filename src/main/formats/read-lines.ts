// Reads the rows of an invoice: from a list, from elements of their own, and with amounts the format leaves to be computed. No places.

import { percentOfMinor, multiplyToMinor } from '../domain/money.ts';
import type { InvoiceLine, LineKind } from '../../shared/schema/invoice.ts';
import { lineKinds } from '../../shared/schema/invoice.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { readAmount, readBoolean, readDate, readDecimal, readText } from './field-values.ts';
import type { FieldReader } from './field-values.ts';
import { guessLineKind } from './line-kind.ts';
import { items, readItems } from './read-items.ts';
import type { RawRecord } from './record.ts';
import { readAdjustedAmount } from './standard-terms.ts';

/** The rows of a format that has an element of its own for each kind of amount. Absent elements give no row. */
export function readFixedRows(reader: FieldReader, record: RawRecord, { rows }: CompiledProfile): InvoiceLine[] {
  const lines: InvoiceLine[] = [];
  for (const { row, field } of rows) {
    const netMinor = readAmount(reader, record, field);
    if (netMinor === null) continue;
    const slot = record.plan.fields.get(field)?.slots[0];
    if (slot !== undefined) reader.trace?.field(`lines[${lines.length}].netMinor`, record, slot);
    lines.push({
      ...emptyLine,
      id: String(lines.length + 1),
      description: row.description,
      kind: asLineKind(row.kind),
      netMinor,
    });
  }
  return lines;
}

const emptyLine: InvoiceLine = {
  id: '',
  description: '',
  kind: 'other',
  quantity: null,
  unit: null,
  unitPrice: null,
  priceBaseQuantity: null,
  adjustmentMinor: 0,
  netMinor: 0,
  vatRate: null,
  vatCategory: null,
  periodStart: null,
  periodEnd: null,
};

/** The rows of an invoice that has a list of them. */
export function readLines(reader: FieldReader, record: RawRecord): InvoiceLine[] {
  return readItems(reader, items(record, 'lines'), { list: 'lines', read: (item) => readLine(reader, item) });
}

function readLine(reader: FieldReader, item: RawRecord): InvoiceLine {
  const description = readText(reader, item, 'description') ?? '';
  const unit = readText(reader, item, 'unit');
  const amounts = readRowAmounts(reader, item);
  return {
    id: readText(reader, item, 'id') ?? '',
    description,
    kind: item.plan.fields.has('kind') ? asLineKind(readText(reader, item, 'kind')) : guessLineKind(description, unit),
    unit,
    quantity: amounts.quantity,
    unitPrice: amounts.unitPrice,
    priceBaseQuantity: amounts.priceBaseQuantity,
    adjustmentMinor: amounts.adjustmentMinor,
    netMinor: amounts.netMinor,
    vatRate: readDecimal(reader, item, 'vatRate'),
    vatCategory: readText(reader, item, 'vatCategory'),
    periodStart: readDate(reader, item, 'periodStart'),
    periodEnd: readDate(reader, item, 'periodEnd'),
  };
}

function asLineKind(text: string | null): LineKind {
  return lineKinds.find((kind) => kind === text) ?? 'other';
}

function readLineAdjustments(reader: FieldReader, line: RawRecord): number {
  const records = items(line, 'adjustments');
  if (records.length === 0) return 0;
  const { list, index } = reader;
  const signed = readItems(reader, records, {
    list: `${list}[${index}].adjustments`,
    read: (item) => {
      const isCharge = readBoolean(reader, item, 'isCharge') ?? false;
      const amount = readAdjustedAmount(reader, item, isCharge);
      return isCharge ? amount : -amount;
    },
  });
  reader.list = list;
  reader.index = index;
  return signed.reduce((sum, amount) => sum + amount, 0);
}

type RowAmounts = Pick<InvoiceLine, 'quantity' | 'unitPrice' | 'priceBaseQuantity' | 'adjustmentMinor' | 'netMinor'>;

/** A format without row amounts has them computed: quantity × price less the discount, rounded half away from zero (SendRegning's rule). */
function readRowAmounts(reader: FieldReader, item: RawRecord): RowAmounts {
  const quantity = readDecimal(reader, item, 'quantity');
  const unitPrice = readDecimal(reader, item, 'unitPrice');
  const priceBaseQuantity = readDecimal(reader, item, 'priceBaseQuantity');
  if (item.plan.fields.has('netMinor'))
    // The problem beside an unreadable amount keeps the invoice back; sums of such an invoice are not judged.
    return {
      quantity,
      unitPrice,
      priceBaseQuantity,
      adjustmentMinor: readLineAdjustments(reader, item),
      netMinor: readAmount(reader, item, 'netMinor') ?? 0,
    };
  const discount = readDecimal(reader, item, 'discountPercent');
  const currency = reader.currency ?? 'SEK';
  const grossMinor =
    quantity === null || unitPrice === null
      ? 0
      : (multiplyToMinor({ quantity, price: unitPrice, baseQuantity: priceBaseQuantity, currency }) ?? 0);
  const discountMinor = discount === null ? 0 : (percentOfMinor(grossMinor, discount) ?? 0);
  return {
    quantity,
    unitPrice,
    priceBaseQuantity,
    adjustmentMinor: 0 - discountMinor,
    netMinor: grossMinor - discountMinor,
  };
}
