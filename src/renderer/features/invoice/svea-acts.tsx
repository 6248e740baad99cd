// What was done to an order at Svea.

import type { ReactNode } from 'react';
import type { InvoiceOrder, OrderAct } from '../../../shared/schema/orders.ts';
import { useFormats, useWords } from '../../words/use-words.ts';
import { OrderActItem } from './order-act-item.tsx';

/** The acts, oldest first. */
export function SveaActs({
  order,
  invoiceId,
}: {
  readonly order: InvoiceOrder;
  readonly invoiceId: number;
}): ReactNode {
  const t = useWords('svea');
  const formats = useFormats();
  if (order.acts.length === 0) return null;
  const title = ({ kind, amountMinor, currency, peerOrderId }: OrderAct): string => {
    if (kind !== 'credit') return t('act.close', { order: peerOrderId });
    const amount = amountMinor === null ? '' : formats.money({ amountMinor, currency: currency ?? '' });
    return t('act.credit', { amount });
  };
  return (
    <ul>
      {order.acts.map((act) => (
        <OrderActItem key={act.id} act={act} invoiceId={invoiceId} area="svea" title={title(act)}>
          {act.receipt.creditInvoiceId !== undefined && (
            <div className="soft">{t('peerCredit', { number: String(act.receipt.creditInvoiceId) })}</div>
          )}
        </OrderActItem>
      ))}
    </ul>
  );
}
