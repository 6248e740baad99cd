// What can be done with the ticked invoices.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { useSay } from '../../state/ui-context.tsx';
import type { InvoiceView } from '../../state/ui-store.ts';
import { useCommand } from '../../state/use-command.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { ExcludeDialog } from '../../ui/exclude-dialog.tsx';
import { Failure } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import type { Chosen } from './use-chosen.ts';

/** The bar under the table while something is ticked. */
export function ChosenBar({
  batchId,
  chosen,
  total,
  filter,
}: {
  readonly batchId: string;
  readonly chosen: Chosen;
  readonly total: number;
  readonly filter: InvoiceView['filter'];
}): ReactNode {
  const t = useWords('batch');
  const formats = useFormats();
  const say = useSay();
  const hold = useCommand('invoice.hold');
  const [asked, setAsked] = useState<'exclude' | 'include' | null>(null);
  const selection = chosen.isAll ? { filter } : { ids: [...chosen.ids] };
  const counts = dataOf(useQuery('batch.get', { batchId }))?.batch.counts ?? [];
  const hasExcluded = counts.some(({ state, count }) => state === 'excluded' && count > 0);
  const setHeld = async (isHeld: boolean): Promise<void> => {
    const result = await hold.run({ batchId, selection, isHeld });
    if (result?.ok !== true) return;
    say({ tone: 'good', text: t('held', { count: result.value.changed }) });
    chosen.clear();
  };
  return (
    <div className="chosen-bar" role="toolbar" aria-label={t('chosen', { count: chosen.count })}>
      <strong>{t('chosen', { count: chosen.count })}</strong>
      {!chosen.isAll && chosen.count < total && (
        <Button tone="quiet" onPress={chosen.chooseAll}>
          {t('chooseAllMatching', { total: formats.count(total) })}
        </Button>
      )}
      <span className="spread" />
      {hold.error !== null && <Failure error={hold.error} />}
      <Button onPress={() => void setHeld(true)} isPending={hold.isRunning}>
        {t('hold')}
      </Button>
      <Button onPress={() => void setHeld(false)} isPending={hold.isRunning}>
        {t('unhold')}
      </Button>
      <Button onPress={() => setAsked('exclude')}>{t('exclude')}</Button>
      {hasExcluded && <Button onPress={() => setAsked('include')}>{t('include')}</Button>}
      {asked !== null && (
        <ExcludeDialog
          target={{ batchId, selection, count: chosen.count }}
          isExcluded={asked === 'exclude'}
          onDone={() => {
            setAsked(null);
            chosen.clear();
          }}
          onClose={() => setAsked(null)}
        />
      )}
      <Button tone="quiet" onPress={chosen.clear}>
        {t('clearChosen')}
      </Button>
    </div>
  );
}
