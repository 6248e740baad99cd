// Finds our own invoices among those of the account, by the order number that is our key, and says what is kept of them.

import type { Receipt } from '../../ports/channel-adapter.ts';
import { minorToShort } from './decimals.ts';
import type { InvoicesReply, ReplyInvoice } from './read-invoices.ts';
import type { Service } from './service.ts';

/** How many of the newest invoices are looked through beside our own, in turn. */
const lookBack = [100, 1_000, 10_000] as const;

/** Our invoices among the newest of the account, by the order number that is our own key. */
export async function findByOrderNo(
  service: Pick<Service, 'selectInvoices'>,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<
  | { readonly ok: true; readonly byOrderNo: ReadonlyMap<string, ReplyInvoice> }
  | { readonly ok: false; readonly detail: string }
> {
  const names = new Set(wanted);
  let byOrderNo = new Map<string, ReplyInvoice>();
  for (const beside of lookBack) {
    const last = wanted.length + beside;
    const answer = await service.selectInvoices({ which: { last } }, signal);
    if (!answer.ok) return { ok: false, detail: answer.fault.detail === '' ? answer.fault.code : answer.fault.detail };
    const invoices = answer.value?.invoices ?? [];
    byOrderNo = new Map(
      invoices.flatMap((invoice) =>
        invoice.orderNo !== null && invoice.invoiceNo !== null && names.has(invoice.orderNo)
          ? [[invoice.orderNo, invoice]]
          : [],
      ),
    );
    if (byOrderNo.size === names.size || invoices.length < last) break;
  }
  return { ok: true, byOrderNo };
}

/** Invoices that have a number, by our own key: the client's id, or where it is missing the order number. */
export function byOwnKey({ invoices }: InvoicesReply): ReadonlyMap<string, ReplyInvoice> {
  return new Map(
    invoices.flatMap((invoice): [string, ReplyInvoice][] => {
      const key = invoice.clientId ?? invoice.orderNo;
      return key === null || invoice.invoiceNo === null ? [] : [[key, invoice]];
    }),
  );
}

/** What is kept of an invoice at the service. */
export function receiptOf(invoice: ReplyInvoice, batchId: string): Receipt {
  const { invoiceNo, state, kid, accountNo, totalMinor, orderNo } = invoice;
  const total = totalMinor === null ? null : minorToShort(totalMinor);
  const named = Object.entries({ invoiceNo, state, kid, accountNo, total, orderNo, batchId });
  return Object.fromEntries(named.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}
