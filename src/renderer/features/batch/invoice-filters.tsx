// Search and filter chips over the invoice table.

import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { invoiceStates } from '../../../shared/schema/batch.ts';
import { pdfChannels } from '../../../shared/schema/delivery.ts';
import type { InvoiceView } from '../../state/ui-store.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { SearchField } from '../../ui/fields.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

type Filter = InvoiceView['filter'];

/** Long enough not to ask at every letter, short enough to feel at once. */
const typingPauseMs = 150;

/** The bar above the table. */
export function InvoiceFilters({
  batchId,
  view,
  onChange,
}: {
  readonly batchId: string;
  readonly view: InvoiceView;
  readonly onChange: (change: Partial<InvoiceView>) => void;
}): ReactNode {
  const t = useWords('batch');
  const common = useWords('common');
  const formats = useFormats();
  const counts = dataOf(useQuery('batch.get', { batchId }))?.batch.counts ?? [];
  const { filter } = view;
  const states = filter.states ?? [];
  const chosenChannels = filter.channels ?? [];
  const change = (part: Filter): void => onChange({ filter: withoutEmpty({ ...filter, ...part }) });
  const shownStates = invoiceStates.filter(
    (state) => states.includes(state) || counts.some((entry) => entry.state === state && entry.count > 0),
  );
  return (
    <div className="invoice-filters">
      <InvoiceSearch value={filter.search ?? ''} onChange={(search) => change({ search })} />
      <ChipRow label={t('filterStates')}>
        {shownStates.map((state) => (
          <Chip
            key={state}
            label={common(`state.${state}`)}
            count={formats.count(counts.find((entry) => entry.state === state)?.count ?? 0)}
            isOn={states.includes(state)}
            onChange={(isOn) =>
              change({ states: isOn ? [...states, state] : states.filter((other) => other !== state) })
            }
          />
        ))}
      </ChipRow>
      <ChipRow label={t('filterChannels')}>
        {pdfChannels.map((channel) => (
          <Chip
            key={channel}
            label={common(`channelShort.${channel}`)}
            isOn={chosenChannels.includes(channel)}
            onChange={(isOn) =>
              change({
                channels: isOn ? [...chosenChannels, channel] : chosenChannels.filter((other) => other !== channel),
              })
            }
          />
        ))}
        <Chip
          label={t('withProblems')}
          isOn={filter.withProblems === true}
          onChange={(withProblems) => change({ withProblems })}
        />
      </ChipRow>
    </div>
  );
}

function InvoiceSearch({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const t = useWords('batch');
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <div className="invoice-search">
      <SearchField label={t('search')} value={text} onChange={setText} />
    </div>
  );
}

/** A condition that says nothing is left out, so that an empty filter is recognised as one. */
function withoutEmpty(filter: Filter): Filter {
  return {
    ...(filter.states !== undefined && filter.states.length > 0 ? { states: filter.states } : {}),
    ...(filter.channels !== undefined && filter.channels.length > 0 ? { channels: filter.channels } : {}),
    ...(filter.withProblems === true ? { withProblems: true } : {}),
    ...(filter.search !== undefined && filter.search.trim() !== '' ? { search: filter.search } : {}),
  };
}
