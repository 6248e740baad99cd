// What a connection's service lists, with its date: VAT rates and countries, by which invoices are written for it.

import type { ReactNode } from 'react';
import { useCommand } from '../../state/use-command.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

/** One line, and the way to fetch them now. */
export function AccountLists({ connectionId }: { readonly connectionId: string }): ReactNode {
  const t = useWords('account');
  const formats = useFormats();
  const lists = dataOf(useQuery('account.lists', { connectionId }));
  const fetching = useCommand('account.fetchLists');
  if (lists === null) return null;
  const { fetchedAtMs, vatRates, countries } = lists;
  const today = new Date().toISOString().slice(0, 10);
  const holding = vatRates.filter(({ from, to }) => (from === null || from <= today) && (to === null || today <= to));
  const rates = holding.map(({ percent }) => `${percent} %`).join(', ');
  return (
    <>
      <div className="line-up">
        <span className="soft spread">
          {fetchedAtMs === null
            ? t('listsNever')
            : t('lists', { rates, count: countries, time: formats.dateTime(fetchedAtMs) })}
        </span>
        <Button
          icon="refresh"
          tone="quiet"
          onPress={() => void fetching.run({ connectionId })}
          isPending={fetching.isRunning}
        >
          {t('listsFetch')}
        </Button>
      </div>
      {fetching.error !== null && <Failure error={fetching.error} />}
    </>
  );
}
