// The Svea part beside an invoice: its orders where there are any, else what can be chosen before one is made.

import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../../shared/schema/batch.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { SveaChoices } from './svea-choices.tsx';
import { SveaOrder } from './svea-order.tsx';
import './svea.css';

/** Nothing where Svea has nothing to do with the invoice. */
export function SveaPart({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const t = useWords('svea');
  const { row, deliveries } = detail;
  const connections = dataOf(useQuery('connection.list', {}))?.connections ?? [];
  const own = connections.filter(({ channel }) => channel === 'svea');
  const hasOrder = deliveries.some(({ channel, state }) => channel === 'svea' && state !== 'cancelled');
  const isOpen = row.state === 'ready' || row.state === 'held';
  if (!hasOrder && (!isOpen || own.length === 0 || row.kind === 'creditNote')) return null;
  return (
    <section className="invoice-part svea-part" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {hasOrder ? <Orders detail={detail} /> : <SveaChoices key={row.id} row={row} connections={own} />}
    </section>
  );
}

function Orders({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const query = useQuery('order.ofInvoice', { invoiceId: detail.row.id });
  return (
    <QueryView query={query} lines={3}>
      {({ orders }) => orders.map((order) => <SveaOrder key={order.deliveryId} order={order} detail={detail} />)}
    </QueryView>
  );
}
