// What the practice Svea is told over the control address: answers on demand, orders moved on, how it is set up.

import { z } from 'zod';
import type { SveaSettings } from './desk.ts';
import { stateOf } from './order-book.ts';
import type { BookOrder, OrderBook } from './order-book.ts';
import { meaningOf } from './result-codes.ts';
import type { Rejection } from './result-codes.ts';

const which = { sveaOrderId: z.string().optional(), clientOrderNumber: z.string().optional() };

/** Commands. `answer`: the next calls of an operation are refused with a code. `pend`: the next orders wait for these reasons. */
const commandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('look') }),
  z.object({
    do: z.literal('answer'),
    operation: z.enum([
      'CreateOrderEu',
      'DeliverOrderEu',
      'CloseOrderEu',
      'GetPaymentPlanParamsEu',
      'GetAccountCreditParamsEu',
    ]),
    resultCode: z.number().int(),
    message: z.string().optional(),
    count: z.number().int().min(1).default(1),
  }),
  z.object({ do: z.literal('pend'), reasons: z.array(z.string()).min(1), count: z.number().int().min(1).default(1) }),
  z.object({
    do: z.literal('change'),
    ...which,
    /** Empty: the order waits no more. */
    pendingReasons: z.array(z.string()).optional(),
    isDenied: z.boolean().optional(),
    expiresAt: z.iso.datetime({ offset: true }).optional(),
    isApproved: z.boolean().optional(),
    /** Closes it as the client's own CloseOrderEu would. */
    isClosed: z.literal(true).optional(),
  }),
  z.object({
    do: z.literal('setUp'),
    areClientOrderNumbersUnique: z.boolean().optional(),
    isApprovingInvoices: z.boolean().optional(),
  }),
]);

interface OrderedAnswer extends Rejection {
  readonly operation: string;
}

/** The orders that wait to be carried out, and the settings. */
export class SveaCommands {
  readonly settings: SveaSettings = { areClientOrderNumbersUnique: true, isApprovingInvoices: true };
  readonly #book: OrderBook;
  #answers: OrderedAnswer[] = [];
  #pending: (readonly string[])[] = [];

  constructor(book: OrderBook) {
    this.#book = book;
  }

  /** What all orders look like afterwards; null for a command that is none, or an order that is not there. */
  async carryOut(given: unknown): Promise<unknown> {
    const read = commandSchema.safeParse(given);
    if (!read.success) return null;
    const command = read.data;
    switch (command.do) {
      case 'look':
        break;
      case 'answer': {
        const { operation, resultCode: code, message = meaningOf(code), count } = command;
        this.#answers.push(...Array.from({ length: count }, () => ({ operation, code, message })));
        break;
      }
      case 'pend':
        this.#pending.push(...Array.from({ length: command.count }, () => command.reasons));
        break;
      case 'change': {
        const order = this.#find(command);
        if (order === undefined) return null;
        const { pendingReasons, isDenied, expiresAt, isApproved } = command;
        if (command.isClosed === true)
          await this.#book.record({
            event: 'closed',
            sveaOrderId: order.id,
            clientOrderNumber: order.clientOrderNumber,
          });
        await this.#book.record({
          event: 'changed',
          sveaOrderId: order.id,
          clientOrderNumber: order.clientOrderNumber,
          ...(pendingReasons === undefined ? {} : { pendingReasons }),
          ...(isDenied === undefined ? {} : { isDenied }),
          ...(expiresAt === undefined ? {} : { expiresAt }),
          ...(isApproved === undefined ? {} : { isApproved }),
        });
        break;
      }
      case 'setUp':
        this.settings.areClientOrderNumbersUnique =
          command.areClientOrderNumbersUnique ?? this.settings.areClientOrderNumbersUnique;
        this.settings.isApprovingInvoices = command.isApprovingInvoices ?? this.settings.isApprovingInvoices;
    }
    return { settings: this.settings, orders: this.#book.all().map(orderView) };
  }

  /** The answer ordered for this call, if any; counts down. */
  takeAnswer(operation: string): Rejection | null {
    const position = this.#answers.findIndex((ordered) => ordered.operation === operation);
    return position === -1 ? null : (this.#answers.splice(position, 1)[0] ?? null);
  }

  /** The reasons ordered for the next order. */
  takePendingReasons(): readonly string[] {
    return this.#pending.shift() ?? [];
  }

  #find(wanted: {
    readonly sveaOrderId?: string | undefined;
    readonly clientOrderNumber?: string | undefined;
  }): BookOrder | undefined {
    return this.#book
      .all()
      .findLast(
        ({ id, clientOrderNumber }) =>
          id === wanted.sveaOrderId ||
          (wanted.clientOrderNumber !== undefined && clientOrderNumber === wanted.clientOrderNumber),
      );
  }
}

function orderView(order: BookOrder): unknown {
  return {
    sveaOrderId: order.id,
    clientOrderNumber: order.clientOrderNumber,
    state: stateOf(order),
    amount: Number(order.amount) / 100,
    delivered: Number(order.delivered) / 100,
    pendingReasons: order.pendingReasons,
    expiresAt: order.expiresAt,
    invoices: order.invoices.map(({ id, isCredit, amount, credited, isApproved }) => ({
      id,
      isCredit,
      isApproved,
      amount: Number(amount) / 100,
      credited: Number(credited) / 100,
    })),
  };
}
