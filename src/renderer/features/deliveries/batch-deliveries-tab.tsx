// Deliveries of one batch, by connection.

import type { ReactNode } from 'react';
import { useQuery } from '../../state/use-query.ts';
import { EmptyState, QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { DeliveriesBody } from './deliveries-body.tsx';

/** Deliveries of one batch, by connection. */
export function BatchDeliveriesTab({ batchId }: { readonly batchId: string }): ReactNode {
  const t = useWords('deliveries');
  const query = useQuery('delivery.lanes', { batchId });
  return (
    <div className="deliveries">
      <QueryView query={query}>
        {({ lanes }) =>
          lanes.length === 0 ? (
            <EmptyState icon="deliveries" title={t('emptyBatch')} />
          ) : (
            <DeliveriesBody batchId={batchId} lanes={lanes} show={null} />
          )
        }
      </QueryView>
    </div>
  );
}
