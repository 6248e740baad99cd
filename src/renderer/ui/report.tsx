// The parts that the import receipt and the proof of a batch share on screen: does it add up, and facts as a list of names and values.

import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { receiptWords } from '../../shared/words/receipt-words.ts';
import { fillIn } from '../../shared/words/report-words.ts';
import { useFormats, useLanguage } from '../words/use-words.ts';
import './report.css';
import { Note } from './views.tsx';

/** Green where there is no fault; red with every fault where there is one. `withoutAmount`: invoices whose amount could not be read. */
export function Verdict({
  words,
  faults,
  withoutAmount,
}: {
  readonly words: { readonly addsUp: string; readonly doesNotAddUp: string };
  /** In words. */
  readonly faults: readonly string[];
  readonly withoutAmount: number;
}): ReactNode {
  const language = useLanguage();
  const formats = useFormats();
  const without =
    withoutAmount === 0 ? null : fillIn(receiptWords[language].withoutAmount, { count: formats.count(withoutAmount) });
  if (faults.length === 0)
    return (
      <Note tone="good" icon="check" title={words.addsUp}>
        {without}
      </Note>
    );
  return (
    <Note tone="bad" icon="failed" title={words.doesNotAddUp}>
      <ul>
        {faults.map((fault) => (
          <li key={fault} className="report-fault">
            {fault}
          </li>
        ))}
      </ul>
      {without}
    </Note>
  );
}

/** Names to the left, values to the right; a name may come more than once. */
export function ReportFacts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }): ReactNode {
  return (
    <dl className="report-facts">
      {facts.map(([name, value], index) => (
        <Fragment key={`${name} ${String(index)}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
