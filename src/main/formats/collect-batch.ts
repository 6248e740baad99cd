// Collects what invoices of one file add up to: rows for the store, duplicates, sums, periods. One instance per file.

import { sellerKey } from '../domain/seller-key.ts';
import { routeChannel } from '../domain/routing.ts';
import { invoiceTerms } from '../domain/rules/history/invoice-terms.ts';
import type { Finding } from '../domain/rules/rule.ts';
import type { Invoice, Party } from '../../shared/schema/invoice.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { ParsedInvoiceRow } from '../ports/import-source.ts';
import { ownText } from './own-text.ts';

/** Where an invoice stands, for its row. */
export interface RowPlace {
  readonly ordinal: number;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly line: number;
  readonly column: number;
  readonly contentSha256: string;
}

interface FirstPlace {
  readonly line: number;
  readonly ordinal: number;
}

/** Sums and memory of one file. */
export class BatchCollector {
  /** Seller → invoice number → where it stood first. */
  readonly #firstPlaces = new Map<string, Map<string, FirstPlace>>();
  #periodStart: string | null = null;
  #periodEnd: string | null = null;
  #sellerName: string | null = null;
  #currency: string | null = null;
  #payableMinor: number | null = 0;
  #owedMinor: number | null = 0;
  #newestSeller: Party | null = null;
  #newestKey = '';

  get periodStart(): string | null {
    return this.#periodStart;
  }

  get periodEnd(): string | null {
    return this.#periodEnd;
  }

  /** Name of the first seller met. */
  get sellerName(): string | null {
    return this.#sellerName;
  }

  /** Sum of what is to be paid as the file writes it; null when an amount could not be read or currencies differ. Minor units of {@link currency}. */
  get payableMinor(): number | null {
    return this.#payableMinor;
  }

  /** The same with every credit note taken away, whichever sign it is written with. */
  get owedMinor(): number | null {
    return this.#owedMinor;
  }

  get currency(): string | null {
    return this.#currency;
  }

  /** A finding when the same seller and number stood earlier in the file; remembers it otherwise. */
  findDuplicate(invoice: Invoice, place: { readonly line: number; readonly ordinal: number }): Finding | null {
    if (invoice.invoiceNumber === null) return null;
    const seller = this.#keyOf(invoice.seller);
    const numbers = this.#firstPlaces.get(seller) ?? new Map<string, FirstPlace>();
    const first = numbers.get(invoice.invoiceNumber);
    if (first === undefined) {
      numbers.set(ownText(invoice.invoiceNumber), place);
      this.#firstPlaces.set(seller, numbers);
      return null;
    }
    const params = { number: invoice.invoiceNumber, firstLine: first.line, firstOrdinal: first.ordinal };
    return {
      ruleId: 'core.duplicate.batch',
      severity: 'error',
      field: 'invoiceNumber',
      found: invoice.invoiceNumber,
      expected: null,
      params,
    };
  }

  /** Adds an invoice to the sums and makes its row. */
  add(invoice: Invoice, problems: readonly Problem[], place: RowPlace): ParsedInvoiceRow {
    this.#sellerName ??= invoice.seller.name;
    if (invoice.periodStart !== null && (this.#periodStart === null || invoice.periodStart < this.#periodStart))
      this.#periodStart = invoice.periodStart;
    if (invoice.periodEnd !== null && (this.#periodEnd === null || invoice.periodEnd > this.#periodEnd))
      this.#periodEnd = invoice.periodEnd;
    this.#addPayable(invoice);
    let errorCount = 0;
    let warningCount = 0;
    for (const { severity } of problems) {
      if (severity === 'error') errorCount++;
      else if (severity === 'warning') warningCount++;
    }
    const terms = invoiceTerms(invoice);
    // Spelt out: spreading the place here takes longer than everything else in this function.
    return {
      fileOrdinal: 0,
      ordinal: place.ordinal,
      byteOffset: place.byteOffset,
      byteLength: place.byteLength,
      line: place.line,
      column: place.column,
      contentSha256: place.contentSha256,
      kind: invoice.kind,
      invoiceNumber: ownText(invoice.invoiceNumber ?? ''),
      sellerKey: this.#keyOf(invoice.seller),
      customerName: ownText(invoice.buyer.name ?? ''),
      city: ownText(invoice.buyer.address.city ?? ''),
      email: invoice.buyer.email === null ? null : ownText(invoice.buyer.email),
      invoiceDate: invoice.invoiceDate,
      dueDate: invoice.dueDate,
      currency: invoice.currency ?? '',
      payableMinor: owed(invoice),
      channel: routeChannel(invoice.preferredChannel, invoice.buyer.email),
      errorCount,
      warningCount,
      customerRef: ownText(terms.customerRef),
      vatRate: terms.vatRate,
      payeeAccounts: terms.payeeAccounts,
    };
  }

  /** Files mostly have one seller: its key is made once. */
  #keyOf(seller: Party): string {
    const newest = this.#newestSeller;
    const isSame =
      newest !== null &&
      newest.registrationNumber === seller.registrationNumber &&
      newest.vatNumber === seller.vatNumber &&
      newest.name === seller.name;
    if (!isSame) this.#newestKey = sellerKey(seller);
    this.#newestSeller = seller;
    return this.#newestKey;
  }

  #addPayable(invoice: Invoice): void {
    const { payableMinor } = invoice.totals;
    this.#currency ??= invoice.currency;
    if (this.#payableMinor === null || this.#owedMinor === null) return;
    const owedMinor = invoice.currency === this.#currency ? owed(invoice) : null;
    this.#payableMinor = owedMinor === null || payableMinor === null ? null : this.#payableMinor + payableMinor;
    this.#owedMinor = owedMinor === null ? null : this.#owedMinor + owedMinor;
  }
}

/** What the customer owes by the document; a credit note takes away, whichever sign its file writes. */
function owed({ kind, totals: { payableMinor } }: Invoice): number | null {
  return kind === 'creditNote' && payableMinor !== null && payableMinor !== 0 ? -Math.abs(payableMinor) : payableMinor;
}
