// Reads what only the rules of EN 16931 need from a raw record. Says which documents follow that standard; judges nothing.

import type { StandardTerms } from '../../shared/schema/invoice.ts';
import { readAmount, readAmountText, readDate, readText, silently } from './field-values.ts';
import type { FieldReader } from './field-values.ts';
import { itemsOf } from './record.ts';
import type { RawRecord } from './record.ts';

/** Every specification built on EN 16931 begins its CustomizationID (BT-24) with this. */
const standardPrefix = 'urn:cen.eu:en16931:';
/** The process (BT-23) of Peppol BIS Billing 3, which is a use of EN 16931. */
const billingProcess = 'urn:fdc:peppol.eu:2017:poacc:billing:';

/**
 * Whether the document says that it follows EN 16931: by its CustomizationID, or, where it has none, by a process that only such
 * documents take part in. Plain UBL and OIOUBL do not.
 */
export function followsStandard(record: RawRecord): boolean {
  const customization = rawText(record, 'customizationId');
  if (customization !== null) return customization.startsWith(standardPrefix);
  return rawText(record, 'profileId')?.startsWith(billingProcess) === true;
}

/** The terms; `typeCode` was read before. */
export function readStandardTerms(reader: FieldReader, record: RawRecord, typeCode: string | null): StandardTerms {
  noteAccountingVat(reader, record);
  return {
    customizationId: readText(reader, record, 'customizationId'),
    profileId: readText(reader, record, 'profileId'),
    typeCode,
    taxPointDate: readDate(reader, record, 'taxPointDate'),
    taxPointCode: readText(reader, record, 'taxPointCode'),
    taxRepresentativeVatNumber: readText(reader, record, 'taxRepresentative.vatNumber'),
    sellerTaxRegistration: readTaxRegistration(reader, record),
    paymentMeans: itemsOf(record, record.plan.lists.get('paymentMeans')).map((item, index) => {
      const inItem: FieldReader = { ...reader, list: 'paymentMeans', index };
      reader.trace?.item('paymentMeans', index, item);
      return {
        code: readText(inItem, item, 'code'),
        account: readText(inItem, item, 'account'),
        institution: readText(inItem, item, 'institution'),
      };
    }),
    longAmounts: reader.longAmounts ?? [],
  };
}

/** The amount of an allowance or charge. What stands with too many decimals is marked when it belongs to a charge. */
export function readAdjustedAmount(reader: FieldReader, item: RawRecord, isCharge: boolean): number {
  const { longAmounts } = reader;
  const before = longAmounts?.length ?? 0;
  const amount = readAmount(reader, item, 'amountMinor') ?? 0;
  if (longAmounts === null) return amount;
  readAmountText(reader, item, 'baseAmount');
  if (isCharge) longAmounts.push(...longAmounts.splice(before).map((name) => `${name}+`));
  return amount;
}

/** VAT in the accounting currency (BT-111) is only looked at for its decimals. */
function noteAccountingVat(reader: FieldReader, record: RawRecord): void {
  for (const [index, item] of itemsOf(record, record.plan.lists.get('taxTotals')).entries()) {
    const inItem: FieldReader = { ...reader, list: 'accountingVat', index };
    if ([null, reader.currency].includes(readText(silently(inItem), item, 'currency'))) continue;
    reader.trace?.item('accountingVat', index, item);
    readAmountText(inItem, item, 'amountMinor');
  }
}

/** The seller's number under another scheme than VAT. */
function readTaxRegistration(reader: FieldReader, record: RawRecord): string | null {
  const silent = silently(reader);
  for (const item of itemsOf(record, record.plan.lists.get('sellerTaxSchemes'))) {
    if (readText(silent, item, 'scheme')?.toUpperCase() === 'VAT') continue;
    const text = readText(silent, item, 'id');
    const slot = item.plan.fields.get('id')?.slots[0];
    if (text === null || slot === undefined) continue;
    reader.trace?.field('seller.taxRegistration', item, slot);
    return text;
  }
  return null;
}

function rawText(record: RawRecord, name: string): string | null {
  const slot = record.plan.fields.get(name)?.slots[0];
  const text = slot === undefined ? null : (record.values[slot] ?? null);
  return text === '' ? null : text;
}
