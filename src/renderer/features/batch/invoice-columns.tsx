// The columns of the invoice table.

import { useMemo } from 'react';
import type { InvoiceRow } from '../../../shared/schema/batch.ts';
import type { GridColumn } from '../../ui/grid-types.ts';
import { InvoiceStateBadge, SeverityIcon, Tag } from '../../ui/state-badge.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

/** Columns in the chosen language. Ids are the store's sort columns. */
export function useInvoiceColumns(): readonly GridColumn<InvoiceRow>[] {
  const t = useWords('batch');
  const common = useWords('common');
  const formats = useFormats();
  return useMemo(
    () => [
      {
        id: 'invoiceNumber',
        header: t('number'),
        width: 104,
        isSortable: true,
        cell: (row) => row.invoiceNumber,
      },
      {
        id: 'customerName',
        header: t('customer'),
        width: 96,
        grow: 2,
        isSortable: true,
        cell: (row) => (
          <span title={[row.customerName, row.email].filter((part) => part !== null).join(', ')}>
            {row.kind === 'creditNote' && <Tag tone="held">{common('creditShort')}</Tag>} {row.customerName}
          </span>
        ),
      },
      { id: 'city', header: t('city'), width: 84, grow: 1, hideBelow: 920, isSortable: true, cell: (row) => row.city },
      { id: 'dueDate', header: t('dueDate'), width: 96, isSortable: true, cell: (row) => formats.date(row.dueDate) },
      {
        id: 'payableMinor',
        header: t('amount'),
        width: 128,
        align: 'right',
        isSortable: true,
        cell: (row) =>
          row.payableMinor === null ? '–' : formats.money({ currency: row.currency, amountMinor: row.payableMinor }),
      },
      {
        id: 'channel',
        header: t('channel'),
        width: 78,
        hideBelow: 800,
        isSortable: true,
        cell: (row) => common(`channelShort.${row.channel}`),
      },
      {
        id: 'state',
        header: t('state'),
        width: 128,
        isSortable: true,
        cell: (row) => <InvoiceStateBadge state={row.state} />,
      },
      {
        id: 'problems',
        header: t('problems'),
        width: 78,
        align: 'right',
        isSortable: true,
        cell: (row) => <ProblemCounts row={row} />,
      },
    ],
    [t, common, formats],
  );
}

function ProblemCounts({ row }: { readonly row: InvoiceRow }): React.ReactNode {
  const formats = useFormats();
  return (
    <span className="problem-counts">
      {row.errorCount > 0 && (
        <span>
          <SeverityIcon severity="error" /> {formats.count(row.errorCount)}
        </span>
      )}
      {row.warningCount > 0 && (
        <span>
          <SeverityIcon severity="warning" /> {formats.count(row.warningCount)}
        </span>
      )}
    </span>
  );
}
