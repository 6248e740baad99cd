// What the practice SendRegning is told over the control address: invoices moved on, paid, dunned, and how it is set up.

import { z } from 'zod';
import type { BookInvoice, InvoiceBook } from './invoice-book.ts';
import { owed } from './invoice-book.ts';
import { paymentTypes } from './ledger-entries.ts';
import type { SwsEntry } from './ledger-entries.ts';
import { point, today } from './values.ts';

const which = { invoiceNo: z.string().optional(), orderNo: z.string().optional() };

/** Commands. Those over invoices take all that fit, so that an order number names a credit note and what it credits. */
const commandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('look') }),
  z.object({ do: z.literal('move'), ...which, state: z.string() }),
  z.object({
    do: z.literal('pay'),
    ...which,
    /** With a point; what is left when it is not given. */
    amount: z
      .string()
      .regex(/^-?\d+\.\d{2}$/u)
      .optional(),
    paymentType: z.enum(paymentTypes).default('PMTA'),
    paymentDate: z.iso.date().optional(),
  }),
  z.object({
    do: z.literal('dun'),
    ...which,
    dunningType: z.string().default('1Dunning'),
    hasFee: z.boolean().default(true),
  }),
  /** Of the unpaid invoices each fifth is dunned, and the others are paid. What was dunned is for the sender to decide about a month later, and paid after that. */
  z.object({ do: z.literal('passMonth') }),
  z.object({
    do: z.literal('setUp'),
    /** 503 for everything. */
    isMaintained: z.boolean().optional(),
    /** Replies in changing order with unknown elements. */
    isStirring: z.boolean().optional(),
    /** `test=true` counts what it is sent and gives that back, in place of what was made beforehand. */
    isCounting: z.boolean().optional(),
    /** Hundredths added to the totals that `send` and `select` tell. */
    deviation: z.number().int().optional(),
    /** So many of the next replies are 200 with text/html, which means failed; nothing is done. */
    htmlReplies: z.number().int().min(0).optional(),
    /** So many of the next selections of invoices find nothing, as while what was sent is not listed yet. */
    emptySelections: z.number().int().min(0).optional(),
  }),
]);
type Command = z.infer<typeof commandSchema>;

/** How the service is set up. */
export interface SwsSettings {
  isMaintained: boolean;
  isStirring: boolean;
  isCounting: boolean;
  deviation: number;
  htmlReplies: number;
  emptySelections: number;
}

/** The settings, and the carrying out. */
export class SwsCommands {
  readonly settings: SwsSettings = {
    isMaintained: false,
    isStirring: true,
    isCounting: false,
    deviation: 0,
    htmlReplies: 0,
    emptySelections: 0,
  };
  readonly #book: InvoiceBook;

  constructor(book: InvoiceBook) {
    this.#book = book;
  }

  /** What all invoices look like afterwards; null for a command that is none, or invoices that are not there. */
  async carryOut(given: unknown): Promise<unknown> {
    const read = commandSchema.safeParse(given);
    if (!read.success) return null;
    const command = read.data;
    if (command.do === 'passMonth') return this.#passMonth();
    if (command.do === 'setUp') this.#setUp(command);
    else if (command.do !== 'look') {
      const invoices = this.#find(command);
      if (invoices.length === 0) return null;
      await this.#book.record(...invoices.map((invoice) => entryOf(command, invoice)));
    }
    return { settings: this.settings, invoices: this.#book.invoices().map(invoiceView) };
  }

  async #passMonth(): Promise<{ readonly paid: number; readonly dunned: number }> {
    const unpaid = this.#book.invoices().filter((invoice) => invoice.invoiceType === 'ordinary' && owed(invoice) > 0n);
    const entries = unpaid.map((invoice, at) => {
      if (invoice.state === 'dunnedNotDue') return entryOf({ do: 'move', state: 'dueDecide' }, invoice);
      return at % 5 === 4 && invoice.dunnings.length === 0
        ? entryOf({ do: 'dun', dunningType: '1Dunning', hasFee: true }, invoice)
        : entryOf({ do: 'pay', paymentType: 'PMTA' }, invoice);
    });
    if (entries.length > 0) await this.#book.record(...entries);
    const dunned = entries.filter(({ event }) => event === 'dunned').length;
    return { paid: entries.filter(({ event }) => event === 'paid').length, dunned };
  }

  #setUp(command: Extract<Command, { do: 'setUp' }>): void {
    const { settings } = this;
    settings.isMaintained = command.isMaintained ?? settings.isMaintained;
    settings.isStirring = command.isStirring ?? settings.isStirring;
    settings.isCounting = command.isCounting ?? settings.isCounting;
    settings.deviation = command.deviation ?? settings.deviation;
    settings.htmlReplies = command.htmlReplies ?? settings.htmlReplies;
    settings.emptySelections = command.emptySelections ?? settings.emptySelections;
  }

  #find(wanted: {
    readonly invoiceNo?: string | undefined;
    readonly orderNo?: string | undefined;
  }): readonly BookInvoice[] {
    return this.#book
      .invoices()
      .filter(
        ({ invoiceNo, orderNo }) =>
          invoiceNo === wanted.invoiceNo || (wanted.orderNo !== undefined && orderNo === wanted.orderNo),
      );
  }
}

function entryOf(command: Extract<Command, { do: 'move' | 'pay' | 'dun' }>, invoice: BookInvoice): SwsEntry {
  const { invoiceNo, orderNo } = invoice;
  switch (command.do) {
    case 'move':
      return { event: 'moved', invoiceNo, orderNo, state: command.state };
    case 'pay':
      return {
        event: 'paid',
        invoiceNo,
        orderNo,
        paymentDate: command.paymentDate ?? today(),
        amount: command.amount ?? point(owed(invoice)),
        paymentType: command.paymentType,
      };
    case 'dun':
      return {
        event: 'dunned',
        invoiceNo,
        orderNo,
        dunningType: command.dunningType,
        dunningText: null,
        dunningDays: 14,
        hasFee: command.hasFee,
        hasInterest: false,
      };
  }
}

function invoiceView(invoice: BookInvoice): unknown {
  const { invoiceNo, orderNo, clientId, batchId, state, total, sentAs, recipientNo, creditedId } = invoice;
  return { invoiceNo, orderNo, clientId, batchId, state, total, sentAs, recipientNo, creditedId };
}
