// Everything that waits, runs or failed, over all batches.

import type { ReactNode } from 'react';
import { go } from '../../state/route.ts';
import type { DeliveriesShown } from '../../state/route.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { DeliveriesBody } from './deliveries-body.tsx';

/** Everything that waits, runs or failed, over all batches. `show` is what it starts with. */
export function DeliveriesScreen({ show }: { readonly show: DeliveriesShown | null }): ReactNode {
  const t = useWords('deliveries');
  const query = useQuery('delivery.lanes', {});
  return (
    <div className="screen">
      <header className="screen-head">
        <h1 className="spread">{t('title')}</h1>
      </header>
      <div className="deliveries">
        <QueryView query={query}>
          {({ lanes }) =>
            lanes.length === 0 ? (
              <EmptyState
                icon="deliveries"
                title={t('emptyTitle')}
                actions={<Button onPress={() => go({ screen: 'batches' })}>{t('toBatches')}</Button>}
              >
                {t('emptyText')}
              </EmptyState>
            ) : (
              <DeliveriesBody batchId={null} lanes={lanes} show={show} />
            )
          }
        </QueryView>
      </div>
    </div>
  );
}
