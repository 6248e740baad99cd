// Columns of the list of deliveries.

import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Delivery } from '../../../shared/schema/delivery.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { goesOnByItself } from '../../ui/delivery-verbs.ts';
import type { GridColumn } from '../../ui/grid-types.ts';
import { DeliveryStateBadge } from '../../ui/state-badge.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

/** The columns; which connection only where there are several, fewer of them while one delivery is shown beside the list. */
export function useDeliveryColumns({
  hasConnections,
  hasCauses,
  isNarrow,
}: {
  readonly hasConnections: boolean;
  /** Something shown may have a cause to tell; the column would be empty otherwise. */
  readonly hasCauses: boolean;
  readonly isNarrow: boolean;
}): readonly GridColumn<Delivery>[] {
  const t = useWords('deliveries');
  const formats = useFormats();
  return useMemo(() => {
    const connection: GridColumn<Delivery> = {
      id: 'connection',
      header: t('connection'),
      width: 132,
      hideBelow: hasCauses ? 1180 : 1040,
      cell: (row) => row.connectionName,
    };
    const customer: GridColumn<Delivery> = {
      id: 'customer',
      header: t('customer'),
      width: 110,
      grow: 1,
      cell: (row) => row.customerName,
    };
    const updated: GridColumn<Delivery> = {
      id: 'updated',
      header: t('updated'),
      width: 138,
      align: 'right',
      cell: (row) => formats.dateTime(row.updatedAtMs),
    };
    const cause: GridColumn<Delivery> = {
      id: 'cause',
      header: t('causeColumn'),
      width: 104,
      grow: 2,
      cell: (row) => <CauseText delivery={row} />,
    };
    return [
      { id: 'number', header: t('number'), width: 104, cell: (row) => row.invoiceNumber },
      {
        id: 'state',
        header: t('state'),
        width: 172,
        cell: (row) => (
          <>
            <DeliveryStateBadge state={row.state} hold={row.hold} />
            <StepMark delivery={row} />
          </>
        ),
      },
      ...(hasCauses ? [cause] : []),
      {
        id: 'target',
        header: t('target'),
        width: 232,
        grow: 1,
        cell: (row) => <span title={row.target}>{row.target}</span>,
      },
      ...(isNarrow ? [] : [customer]),
      ...(hasConnections && !isNarrow ? [connection] : []),
      {
        id: 'amount',
        header: t('amount'),
        width: 128,
        align: 'right',
        cell: (row) => formats.money({ currency: row.currency, amountMinor: row.payableMinor }),
      },
      ...(isNarrow ? [] : [updated]),
    ];
  }, [t, formats, hasConnections, hasCauses, isNarrow]);
}

/** Tells the two deliveries of one invoice apart where its channel takes two steps. */
function StepMark({ delivery: { step, steps } }: { readonly delivery: Delivery }): ReactNode {
  const t = useWords('deliveries');
  if (steps === 1) return null;
  return (
    <span className="faint" title={`${t('step')} ${t(step === 1 ? 'step.1' : 'step.2')}`}>
      {' '}
      {step}/{steps}
    </span>
  );
}

function CauseText({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const language = useLanguage();
  const { lastCode, lastDetail, state } = delivery;
  if (lastCode === null) return <span className="faint clip">{lastDetail ?? ''}</span>;
  const words = wordsForCause({ code: lastCode, detail: lastDetail, isRetried: goesOnByItself(state) }, language);
  const text = [words.title, lastDetail].filter((part) => part !== null && part !== '').join(' ');
  return <span title={text}>{text}</span>;
}
