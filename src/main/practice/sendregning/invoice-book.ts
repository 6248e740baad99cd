// All invoices, recipients and batches of the practice SendRegning: made from the ledger, changed only by events that go into it.

import { readFile } from 'node:fs/promises';
import type { Ledger } from '../ledger.ts';
import { constants, originator } from './constants.ts';
import { readSwsEntries } from './ledger-entries.ts';
import type { SwsEntry, SwsInvoice } from './ledger-entries.ts';

/** A change of state, as `invoice-status` tells it. */
export interface HistoryEntry {
  readonly at: string;
  readonly fromState: string;
  readonly toState: string;
  readonly event: string;
  readonly eventParams: string;
}

type Dunning = Extract<SwsEntry, { event: 'dunned' }> & { readonly date: string };
type Payment = Extract<SwsEntry, { event: 'paid' }>;

/** An invoice with what became of it. */
export interface BookInvoice extends SwsInvoice {
  state: string;
  readonly history: HistoryEntry[];
  readonly payments: Payment[];
  readonly dunnings: Dunning[];
}

/** Somebody who was sent an invoice. */
export interface BookRecipient {
  readonly recipientNo: string;
  readonly newest: SwsInvoice;
}

/** Everything that was taken. */
export class InvoiceBook {
  readonly #ledger: Ledger<SwsEntry>;
  readonly #invoices = new Map<string, BookInvoice>();
  readonly #recipients = new Map<string, BookRecipient>();
  readonly #batches = new Set<string>();
  #nextInvoiceNo: number = constants.firstInvoiceNo;
  #nextRecipient = 1;

  /** Reads what the ledger has so far. */
  static async open(ledger: Ledger<SwsEntry>): Promise<InvoiceBook> {
    const book = new InvoiceBook(ledger);
    for (const entry of readSwsEntries(await readFile(ledger.path, 'utf8'))) book.#apply(entry);
    return book;
  }

  private constructor(ledger: Ledger<SwsEntry>) {
    this.#ledger = ledger;
  }

  /** All take hold at once; resolves when all are on disk, in one write. */
  async record(...entries: readonly SwsEntry[]): Promise<void> {
    const at = new Date().toISOString();
    for (const entry of entries) this.#apply({ ...entry, at });
    await this.#ledger.append(...entries);
  }

  hasBatch(batchId: string): boolean {
    return this.#batches.has(batchId);
  }

  invoice(invoiceNo: string): BookInvoice | null {
    return this.#invoices.get(invoiceNo) ?? null;
  }

  /** In the order they were taken. */
  invoices(): readonly BookInvoice[] {
    return [...this.#invoices.values()];
  }

  recipients(): readonly BookRecipient[] {
    return [...this.#recipients.values()];
  }

  /** Numbers for so many invoices: the next ones, used when they are recorded. */
  nextInvoiceNo(offset: number): string {
    return String(this.#nextInvoiceNo + offset);
  }

  /** A number that no recipient has; used up. */
  takeRecipientNo(): string {
    for (;;) {
      const number = `${originator.recipientPrefix}${String(this.#nextRecipient)}`;
      this.#nextRecipient += 1;
      if (!this.#recipients.has(number)) return number;
    }
  }

  #apply(entry: SwsEntry): void {
    if (entry.event === 'refused') return;
    if (entry.event === 'batch') {
      this.#batches.add(entry.batchId);
      return;
    }
    if (entry.event === 'sent') {
      this.#add(entry.invoice, entry.at ?? '');
      return;
    }
    const invoice = this.#invoices.get(entry.invoiceNo);
    if (invoice === undefined) return;
    const at = entry.at ?? new Date().toISOString();
    switch (entry.event) {
      case 'dunned':
        invoice.dunnings.push({ ...entry, date: at.slice(0, 10) });
        move(invoice, at, { state: 'dunnedNotDue', event: entry.dunningType, eventParams: 'snailMail,' });
        return;
      case 'moved':
        move(invoice, at, { state: entry.state, event: 'time', eventParams: '' });
        return;
      case 'paid':
        invoice.payments.push(entry);
        if (owed(invoice) <= 0n) move(invoice, at, { state: 'paid', event: 'payment', eventParams: entry.paymentType });
    }
  }

  #add(sent: SwsInvoice, at: string): void {
    const invoice: BookInvoice = { ...sent, state: 'start', history: [], payments: [], dunnings: [] };
    const eventParams = sent.sentAs === 'PAPER' ? 'snailMail,' : 'email,';
    move(invoice, at, { state: 'sent', event: 'send', eventParams });
    this.#invoices.set(sent.invoiceNo, invoice);
    this.#recipients.set(sent.recipientNo, { recipientNo: sent.recipientNo, newest: sent });
    this.#nextInvoiceNo = Math.max(this.#nextInvoiceNo, Number(sent.invoiceNo) + 1);
  }
}

function move(
  invoice: BookInvoice,
  at: string,
  to: { readonly state: string; readonly event: string; readonly eventParams: string },
): void {
  const { state: toState, ...why } = to;
  invoice.history.push({ at, fromState: invoice.state, toState, ...why });
  invoice.state = toState;
}

/** What is left to pay of an ordinary invoice, in hundredths. */
export function owed(invoice: BookInvoice): bigint {
  const paid = invoice.payments.reduce((sum, { amount }) => sum + hundredths(amount), 0n);
  return hundredths(invoice.total) - paid;
}

/** `125.00` is 12500. */
export function hundredths(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
