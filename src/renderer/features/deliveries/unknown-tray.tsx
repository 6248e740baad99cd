// Deliveries that may have been sent, apart from all others: what is known of each, and the way to settle it.

import type { ReactNode } from 'react';
import { useState } from 'react';
import { go } from '../../state/route.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryActions } from '../../ui/delivery-actions.tsx';
import { DeliveryKnown } from '../../ui/delivery-known.tsx';
import { Money } from '../../ui/values.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

const firstShown = 50;
/** The engine's longest page. */
const mostShown = 500;

/** The tray; nothing when nothing is uncertain. */
export function UnknownTray({ batchId }: { readonly batchId: string | null }): ReactNode {
  const t = useWords('deliveries');
  const common = useWords('common');
  const formats = useFormats();
  const [limit, setLimit] = useState(firstShown);
  const data = dataOf(useQuery('delivery.page', { filter: { batchId, states: ['unknown'] }, offset: 0, limit }));
  if (data === null || data.total === 0) return null;
  return (
    <section className="unknown-tray" aria-label={t('unknownTray', { count: data.total })}>
      <ul className="unknown-list">
        {data.deliveries.map((delivery) => (
          <li key={delivery.id} className="unknown-item">
            <div className="line-up">
              <strong>
                {common('invoice')} {delivery.invoiceNumber}
              </strong>
              <span className="soft clip">{delivery.customerName}</span>
              <span className="spread" />
              <Money value={{ currency: delivery.currency, amountMinor: delivery.payableMinor }} />
            </div>
            <DeliveryKnown delivery={delivery} />
            <div className="line-up unknown-verbs">
              <DeliveryActions delivery={delivery} />
              <Button
                tone="quiet"
                onPress={() => go({ screen: 'invoice', batchId: delivery.batchId, invoiceId: delivery.invoiceId })}
              >
                {t('openInvoice')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {data.total > data.deliveries.length && limit < mostShown && (
        <div>
          <Button tone="quiet" onPress={() => setLimit(Math.min(mostShown, limit + 150))}>
            {t('showMore', { count: formats.count(data.total - data.deliveries.length) })}
          </Button>
        </div>
      )}
    </section>
  );
}
