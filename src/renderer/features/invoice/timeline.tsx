// What has happened to an invoice, oldest first, with the provider's own words and receipts.

import type { ReactNode } from 'react';
import type { TimelineEntry } from '../../../shared/schema/delivery.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { Icon } from '../../ui/icon.tsx';
import { Moment } from '../../ui/values.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { fieldOf, lookOf, receiptOf, sentenceOf } from './timeline-words.ts';

/** The history. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }): ReactNode {
  const t = useWords('invoice');
  return (
    <section className="invoice-part" aria-label={t('timeline')}>
      <h2>{t('timeline')}</h2>
      <ol className="timeline">
        {entries.map((entry, index) => (
          <Entry key={index} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { readonly entry: TimelineEntry }): ReactNode {
  const t = useWords('invoice');
  const language = useLanguage();
  const look = lookOf(entry);
  const { key, values } = sentenceOf(entry);
  const formats = useFormats();
  const { code, detail, reason, notBeforeMs } = entry.facts;
  const time = typeof notBeforeMs === 'number' ? formats.dateTime(notBeforeMs) : '';
  const cause =
    typeof code === 'string' && code !== ''
      ? wordsForCause({ code, detail: typeof detail === 'string' ? detail : null, isRetried: false }, language)
      : null;
  const receipt = receiptOf(entry);
  return (
    <li className="timeline-entry">
      <span className={`timeline-icon tone-${look.tone}`}>
        <Icon name={look.icon} size={14} />
      </span>
      <div className="spread">
        <div>{t(key, { ...values, time, field: fieldOf(entry, language) })}</div>
        {cause !== null && <div className="soft">{cause.title}</div>}
        {typeof reason === 'string' && reason !== '' && <div className="soft">{t('reasonGiven', { reason })}</div>}
        {typeof detail === 'string' && detail !== '' && <q className="timeline-words mono">{detail}</q>}
        {receipt.length > 0 && (
          <details className="timeline-receipt">
            <summary>{t('receipt')}</summary>
            <dl>
              {receipt.map(([name, value]) => (
                <div key={name}>
                  <dt className="faint">{name}</dt>
                  <dd className="mono">{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
        <div className="faint timeline-when">
          <Moment atMs={entry.atMs} />
          {entry.actor !== '' && entry.kind !== 'attempt' && entry.kind !== 'checked' && <> · {entry.actor}</>}
        </div>
      </div>
    </li>
  );
}
