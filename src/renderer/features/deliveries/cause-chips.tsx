// Why deliveries were not sent, as filters with their counts: "42 the mailbox is full".

import type { ReactNode } from 'react';
import type { DeliveryFilter } from '../../../shared/contract/methods.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

/** More would be a list, not a choice. */
const maxShown = 6;

/** Causes under the filter (their own choice aside); nothing where there is only one. */
export function CauseChips({
  filter,
  isWanted,
  chosen,
  onChange,
}: {
  readonly filter: DeliveryFilter;
  readonly isWanted: boolean;
  readonly chosen: readonly string[];
  readonly onChange: (causes: readonly string[]) => void;
}): ReactNode {
  const { causes: _, ...whole } = filter;
  return isWanted ? <Chips filter={whole} chosen={chosen} onChange={onChange} /> : null;
}

function Chips({
  filter,
  chosen,
  onChange,
}: {
  readonly filter: DeliveryFilter;
  readonly chosen: readonly string[];
  readonly onChange: (causes: readonly string[]) => void;
}): ReactNode {
  const t = useWords('steer');
  const formats = useFormats();
  const language = useLanguage();
  const causes = dataOf(useQuery('delivery.causes', { filter }))?.causes ?? [];
  if (causes.length < 2 && chosen.length === 0) return null;
  return (
    <div className="delivery-tools delivery-causes">
      <ChipRow label={t('causes')}>
        {causes.slice(0, maxShown).map(({ cause, code, status, detail, channel, count }) => {
          const { title } = wordsForCause({ code, detail, isRetried: false }, language);
          const label = title.replace(/\.$/u, '');
          return (
            <Chip
              key={`${channel} ${cause}`}
              label={status === null ? label : t('causeChip', { title: label, status })}
              count={formats.count(count)}
              isOn={chosen.includes(cause)}
              onChange={(isOn) => onChange(isOn ? [...chosen, cause] : chosen.filter((each) => each !== cause))}
            />
          );
        })}
      </ChipRow>
    </div>
  );
}
