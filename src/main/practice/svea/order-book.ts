// All orders of the practice Svea: made from the ledger, changed only by events that go into it. Decides nothing about requests.

import { readFile } from 'node:fs/promises';
import type { Ledger } from '../ledger.ts';
import { readEntries } from './ledger-entries.ts';
import type { LedgerRow, OrderCustomer, OrderType, SveaEntry, SveaEvent } from './ledger-entries.ts';

/** An invoice of an order, or a credit invoice. Amounts in hundredths. */
export interface BookInvoice {
  readonly id: string;
  readonly amount: bigint;
  readonly net: bigint;
  readonly createdAt: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly isCredit: boolean;
  credited: bigint;
  isApproved: boolean;
}

/** One order. */
export interface BookOrder {
  readonly id: string;
  readonly clientOrderNumber: string | null;
  readonly clientNumber: number;
  readonly orderType: OrderType;
  readonly amount: bigint;
  readonly customer: OrderCustomer;
  readonly peppolId: string | null;
  readonly createdAt: string;
  readonly rows: readonly LedgerRow[];
  /** Positions of rows that are delivered. */
  readonly deliveredRows: Set<number>;
  readonly invoices: BookInvoice[];
  delivered: bigint;
  pendingReasons: readonly string[];
  isDenied: boolean;
  expiresAt: string;
  /** Nothing is left to deliver, or it was closed. */
  closedAt: string | null;
  isCancelled: boolean;
}

/** `expired` and `pending` come before `open`; `partly` is open with an invoice. */
export type OrderState = 'pending' | 'open' | 'partly' | 'delivered' | 'closed' | 'expired' | 'denied';

/** First order id and invoice id of a ledger; what follows counts up. */
const firstOrderId = 348_001;
const firstInvoiceId = 1_026_001;

/** The orders and the numbers that are given next. */
export class OrderBook {
  readonly #ledger: Ledger<SveaEntry>;
  readonly #orders = new Map<string, BookOrder>();
  readonly #byClientNumber = new Map<string, string>();
  #nextOrderId = firstOrderId;
  #nextInvoiceId = firstInvoiceId;

  /** Reads what the ledger has so far. */
  static async open(ledger: Ledger<SveaEntry>): Promise<OrderBook> {
    const book = new OrderBook(ledger);
    for (const entry of readEntries(await readFile(ledger.path, 'utf8'))) book.#apply(entry);
    return book;
  }

  private constructor(ledger: Ledger<SveaEntry>) {
    this.#ledger = ledger;
  }

  /** Takes hold at once; resolves when it is on disk. What is decided next has seen it. */
  async record(entry: SveaEntry): Promise<void> {
    this.#apply(entry);
    await this.#ledger.append(entry);
  }

  order(id: string): BookOrder | null {
    return this.#orders.get(id) ?? null;
  }

  /** The newest order with this number of the client's own. */
  byClientOrderNumber(clientNumber: number, number: string): BookOrder | null {
    return this.order(this.#byClientNumber.get(`${String(clientNumber)}/${number}`) ?? '');
  }

  all(): readonly BookOrder[] {
    return [...this.#orders.values()];
  }

  takeOrderId(): string {
    return String(this.#nextOrderId);
  }

  takeInvoiceId(): string {
    return String(this.#nextInvoiceId);
  }

  #apply(entry: SveaEntry): void {
    if (entry.event === 'refused') return;
    if (entry.event === 'created') {
      this.#create(entry);
      return;
    }
    const order = this.#orders.get(entry.sveaOrderId);
    if (order === undefined) return;
    switch (entry.event) {
      case 'delivered':
        this.#deliver(order, entry);
        return;
      case 'credited':
        this.#credit(order, entry);
        return;
      case 'closed':
        order.closedAt = entry.at ?? new Date().toISOString();
        order.isCancelled = true;
        return;
      case 'changed':
        order.pendingReasons = entry.pendingReasons ?? order.pendingReasons;
        order.isDenied = entry.isDenied ?? order.isDenied;
        order.expiresAt = entry.expiresAt ?? order.expiresAt;
        for (const invoice of order.invoices) invoice.isApproved = entry.isApproved ?? invoice.isApproved;
    }
  }

  #create(entry: SveaEvent<'created'>): void {
    const { sveaOrderId: id, clientOrderNumber, clientNumber } = entry;
    this.#orders.set(id, {
      id,
      clientOrderNumber,
      clientNumber,
      orderType: entry.orderType,
      amount: hundredths(entry.amount),
      customer: entry.customer,
      peppolId: entry.peppolId,
      createdAt: entry.at ?? new Date().toISOString(),
      rows: entry.rows,
      deliveredRows: new Set(),
      invoices: [],
      delivered: 0n,
      pendingReasons: entry.pendingReasons,
      isDenied: false,
      expiresAt: entry.expiresAt,
      closedAt: null,
      isCancelled: false,
    });
    if (clientOrderNumber !== null) this.#byClientNumber.set(`${String(clientNumber)}/${clientOrderNumber}`, id);
    this.#nextOrderId = Math.max(this.#nextOrderId, Number(id) + 1);
  }

  #deliver(order: BookOrder, entry: SveaEvent<'delivered'>): void {
    for (const position of entry.matched) order.deliveredRows.add(position);
    order.delivered += hundredths(entry.amount);
    if (entry.invoiceId !== null) this.#addInvoice(order, entry, { isCredit: false, isApproved: entry.isApproved });
    this.#nextInvoiceId = Math.max(this.#nextInvoiceId, Number(entry.contractNumber ?? 0) + 1);
    if (entry.isRestCancelled || order.deliveredRows.size >= order.rows.length)
      order.closedAt = entry.at ?? new Date().toISOString();
  }

  #credit(order: BookOrder, entry: SveaEvent<'credited'>): void {
    const credited = order.invoices.find(({ id }) => id === entry.creditedInvoiceId);
    if (credited !== undefined) credited.credited += hundredths(entry.amount);
    this.#addInvoice(order, entry, { isCredit: true, isApproved: true });
  }

  #addInvoice(
    order: BookOrder,
    entry: SveaEvent<'delivered'> | SveaEvent<'credited'>,
    kind: { readonly isCredit: boolean; readonly isApproved: boolean },
  ): void {
    const id = entry.invoiceId ?? '';
    order.invoices.push({
      id,
      amount: hundredths(entry.amount),
      net: hundredths(entry.net),
      createdAt: entry.at ?? new Date().toISOString(),
      invoiceDate: entry.invoiceDate,
      dueDate: entry.dueDate,
      credited: 0n,
      ...kind,
    });
    this.#nextInvoiceId = Math.max(this.#nextInvoiceId, Number(id) + 1);
  }
}

/** Where an order stands at this moment. */
export function stateOf(order: BookOrder, now: Date = new Date()): OrderState {
  if (order.isDenied) return 'denied';
  if (order.isCancelled) return 'closed';
  if (order.closedAt !== null) return 'delivered';
  if (Date.parse(order.expiresAt) <= now.getTime()) return 'expired';
  if (order.pendingReasons.length > 0) return 'pending';
  return order.delivered > 0n ? 'partly' : 'open';
}

function hundredths(amount: string): bigint {
  return BigInt(amount.replace('.', ''));
}
