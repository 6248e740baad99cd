// One order at Svea: how it stands, its receipt, what was done to it, and its verbs.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../../shared/schema/batch.ts';
import type { MethodOutput } from '../../../shared/contract/methods.ts';
import type { InvoiceOrder } from '../../../shared/schema/orders.ts';
import { sveaPendingWord } from '../../../shared/words/svea-pending-words.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import { Failure } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { SveaActs } from './svea-acts.tsx';
import { CloseDialog, CreditDialog } from './svea-dialogs.tsx';

type PeerOrders = MethodOutput<'order.lookUp'>['orders'];

/** The order. */
export function SveaOrder({
  order,
  detail,
}: {
  readonly order: InvoiceOrder;
  readonly detail: InvoiceDetail;
}): ReactNode {
  const t = useWords('svea');
  const say = useSay();
  const [dialog, setDialog] = useState<
    { readonly kind: 'credit' } | { readonly kind: 'close'; readonly orderId: string } | null
  >(null);
  const [peerOrders, setPeerOrders] = useState<PeerOrders | null>(null);
  const lookUp = useCommand('order.lookUp');
  const deliver = useCommand('delivery.retry');
  const place = { invoiceId: detail.row.id, deliveryId: order.deliveryId };
  const second = detail.deliveries.find(({ id }) => id === order.secondId);
  const canDeliver = second?.hold === null && (second.state === 'waiting' || second.state === 'failed');
  const onLookUp = async (): Promise<void> => {
    const result = await lookUp.run(place);
    if (result?.ok !== true) return;
    setPeerOrders(result.value.orders);
    const { settled, orders } = result.value;
    say({ tone: 'info', text: settled > 0 ? t('settledNow') : t('lookedUp', { count: orders.length }) });
  };
  const onDeliver = async (): Promise<void> => {
    const ids = order.secondId === null ? [] : [order.secondId];
    const result = await deliver.run({ filter: { ids } });
    if (result?.ok === true)
      say({ tone: 'info', text: t(result.value.changed > 0 ? 'deliverQueued' : 'nothingChanged') });
  };
  const { orderId } = order;
  const error = lookUp.error ?? deliver.error;
  return (
    <div className="svea-order">
      <State order={order} isWaiting={second !== undefined && second.state !== 'cancelled'} />
      <Receipt order={order} />
      <SveaActs order={order} invoiceId={detail.row.id} />
      <div className="delivery-actions">
        {canDeliver && (
          <Button icon="play" onPress={() => void onDeliver()} isPending={deliver.isRunning}>
            {t('deliver')}
          </Button>
        )}
        {order.bars.credit === null && <Button onPress={() => setDialog({ kind: 'credit' })}>{t('credit')}</Button>}
        {order.bars.close === null && orderId !== null && (
          <Button onPress={() => setDialog({ kind: 'close', orderId })}>{t('close')}</Button>
        )}
        <Button icon="search" tone="quiet" onPress={() => void onLookUp()} isPending={lookUp.isRunning}>
          {t('lookUp')}
        </Button>
      </div>
      {error !== null && <Failure error={error} />}
      {peerOrders !== null && (
        <AtSvea orders={peerOrders} onClose={(surplus) => setDialog({ kind: 'close', orderId: surplus })} />
      )}
      {dialog?.kind === 'credit' && (
        <CreditDialog
          order={order}
          place={place}
          invoiceNumber={detail.row.invoiceNumber}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog?.kind === 'close' && (
        <CloseDialog
          place={place}
          orderId={dialog.orderId}
          isSurplus={dialog.orderId !== orderId}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

/** In words first: what stands at Svea, and what follows. */
function State({ order, isWaiting }: { readonly order: InvoiceOrder; readonly isWaiting: boolean }): ReactNode {
  const t = useWords('svea');
  const language = useLanguage();
  const isClosed = order.bars.close === 'closed';
  if (isClosed)
    return (
      <>
        <Badge tone="calm" icon="minus">
          {t('closed')}
        </Badge>
        <p className="soft">{t('closedText')}</p>
      </>
    );
  if (order.bars.credit === 'credited')
    return (
      <Badge tone="calm" icon="check">
        {t('credited')}
      </Badge>
    );
  if (order.isDelivered)
    return (
      <>
        <Badge tone="good" icon="check">
          {t('delivered')}
        </Badge>
        <p className="soft">{t('deliveredText')}</p>
      </>
    );
  if (order.orderId === null || !isWaiting) return null;
  const isPending = order.pendingReasons.length > 0;
  return (
    <>
      <Badge tone="wait" icon="clock">
        {t(isPending ? 'pending' : 'waiting')}
      </Badge>
      {isPending && (
        <p className="soft">
          {order.pendingReasons.map((reason) => sveaPendingWord(reason, language)).join('. ')}. {t('pendingText')}
        </p>
      )}
      {order.isBought === false && <p className="soft">{t('notBought')}</p>}
    </>
  );
}

function Receipt({ order }: { readonly order: InvoiceOrder }): ReactNode {
  const t = useWords('svea');
  const formats = useFormats();
  const day = (text: string | null): string | null => (text === null ? null : formats.date(text.slice(0, 10)));
  const facts: readonly (readonly [string, string | null])[] = [
    [t('order'), order.orderId ?? t('notKnown')],
    [t('ownNumber'), order.ownNumber],
    [t('invoice'), order.invoiceId],
    [t('contract'), order.contractNumber],
    [t('invoiceDate'), day(order.invoiceDate)],
    [t('dueDate'), day(order.dueDate)],
    [t('ocr'), order.ocr],
    [t('distribution'), distributionWord(order.distribution, t)],
    [t('expires'), order.isDelivered || order.bars.close === 'closed' ? null : day(order.expires)],
  ];
  return (
    <dl className="delivery-known">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name} className="svea-fact">
              <dt>{name}</dt>
              <dd className="numeric">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

const distributions = ['Post', 'Email', 'EInvoiceB2B', 'Peppol'] as const;

/** One that is not known is shown as it came. */
function distributionWord(value: string | null, t: ReturnType<typeof useWords<'svea'>>): string | null {
  const known = distributions.find((each) => each === value);
  return known === undefined ? value : t(`distribution.${known}`);
}

/** What the look-up brought. */
function AtSvea({
  orders,
  onClose,
}: {
  readonly orders: PeerOrders;
  readonly onClose: (orderId: string) => void;
}): ReactNode {
  const t = useWords('svea');
  const formats = useFormats();
  return (
    <section aria-label={t('atSvea')}>
      <h3 className="soft">{t('atSvea')}</h3>
      <ul className="svea-list">
        {orders.map(({ orderId, isActive, isSurplus, expiresAt, invoices }) => (
          <li key={orderId}>
            <span className="numeric">{orderId}</span> {t(isActive ? 'active' : 'notActive')}
            {isSurplus && <strong> · {t('surplus')}</strong>}
            {isActive && expiresAt !== null && (
              <span className="faint">
                {' '}
                · {t('expires')} {formats.date(expiresAt.slice(0, 10))}
              </span>
            )}
            {invoices.map(({ number, dueDate, isCredit }) => (
              <div key={number} className="soft">
                {isCredit === true
                  ? t('peerCredit', { number })
                  : t('peerInvoice', { number, date: formats.date(dueDate?.slice(0, 10) ?? null) })}
              </div>
            ))}
            {isSurplus && <Button onPress={() => onClose(orderId)}>{t('closeSurplus')}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
