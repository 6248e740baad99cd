// Dunnings that were sent by hand.

import type { ReactNode } from 'react';
import type { OrderAct } from '../../../shared/schema/orders.ts';
import { useWords } from '../../words/use-words.ts';
import { useDunningWord } from './dunning-words.ts';
import { OrderActItem } from './order-act-item.tsx';

/** Oldest first. */
export function DunningActs({
  acts,
  invoiceId,
}: {
  readonly acts: readonly OrderAct[];
  readonly invoiceId: number;
}): ReactNode {
  const t = useWords('account');
  const dunningWord = useDunningWord();
  if (acts.length === 0) return null;
  return (
    <ul>
      {acts.map((act) => {
        const { dunningType } = act.wish;
        // One that came back from the journal after a restore has no kind.
        const title = dunningType === undefined ? t('dunning') : dunningWord(String(dunningType));
        return (
          <OrderActItem key={act.id} act={act} invoiceId={invoiceId} area="account" title={title}>
            {act.detail !== null && act.detail !== '' && <q className="timeline-words mono">{act.detail}</q>}
          </OrderActItem>
        );
      })}
    </ul>
  );
}
