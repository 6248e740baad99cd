// What has happened to an invoice, oldest first, with the provider's own words and receipts, in local time with the zone.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TimelineEntry } from '../../../shared/schema/delivery.ts';
import type { TimelineForm } from '../../../shared/schema/timeline.ts';
import { timelineForms } from '../../../shared/schema/timeline.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { wordsForEntry, wordsForLookUp } from '../../../shared/words/timeline-words.ts';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Moment } from '../../ui/values.tsx';
import { Failure } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { lookOf, receiptOf } from './timeline-words.ts';

const mediaTypes = {
  csv: 'text/csv;charset=utf-8',
  json: 'application/json',
  html: 'text/html;charset=utf-8',
} as const satisfies Record<TimelineForm, string>;

/** The invoice whose history it is. */
export interface TimelineInvoice {
  readonly id: number;
  readonly invoiceNumber: string;
}

/** The history. */
export function Timeline({
  invoice,
  entries,
}: {
  readonly invoice: TimelineInvoice;
  readonly entries: readonly TimelineEntry[];
}): ReactNode {
  const t = useWords('invoice');
  const language = useLanguage();
  const { run, isRunning, error } = useCommand('invoice.timeline');
  const [receiptId, setReceiptId] = useState<number | null>(null);
  const save = async (form: TimelineForm): Promise<void> => {
    const result = await run({ invoiceId: invoice.id, form, language });
    if (result?.ok === true) saveFile(result.value.fileName, result.value.text, mediaTypes[form]);
  };
  return (
    <section className="invoice-part" aria-label={t('timeline')}>
      <div className="line-up">
        <h2 className="spread">{t('timeline')}</h2>
        <MenuButton
          icon="download"
          label={t('saveTimeline')}
          choices={timelineForms.map((form) => ({ id: form, label: t(`form.${form}`) }))}
          isPending={isRunning}
          onChoose={(form) => void save(form)}
        />
      </div>
      {error !== null && <Failure error={error} />}
      <p className="faint timeline-when">
        {t('timelineZone', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
      </p>
      <ol className="timeline">
        {entries.map((entry, index) => (
          <Entry key={index} entry={entry} onReceipt={setReceiptId} />
        ))}
      </ol>
      {receiptId !== null && (
        <ReceiptDialog receiptId={receiptId} invoiceNumber={invoice.invoiceNumber} onClose={() => setReceiptId(null)} />
      )}
    </section>
  );
}

function Entry({
  entry,
  onReceipt,
}: {
  readonly entry: TimelineEntry;
  readonly onReceipt: (receiptId: number) => void;
}): ReactNode {
  const t = useWords('invoice');
  const language = useLanguage();
  const look = lookOf(entry);
  const { code, detail, reason } = entry.facts;
  const cause =
    entry.kind === 'attempt' && typeof code === 'string' && code !== ''
      ? wordsForCause({ code, detail: typeof detail === 'string' ? detail : null, isRetried: false }, language).title
      : wordsForLookUp(entry, language);
  return (
    <li className="timeline-entry">
      <span className={`timeline-icon tone-${look.tone}`}>
        <Icon name={look.icon} size={14} />
      </span>
      <div className="spread">
        <div>{wordsForEntry(entry, language)}</div>
        {cause !== null && <div className="soft">{cause}</div>}
        {typeof reason === 'string' && reason !== '' && <div className="soft">{t('reasonGiven', { reason })}</div>}
        {typeof detail === 'string' && detail !== '' && <q className="timeline-words mono">{detail}</q>}
        <Receipt entry={entry} onOpen={onReceipt} />
        <div className="faint timeline-when">
          <Moment atMs={entry.atMs} hasZone />
          {entry.actor !== '' && entry.kind !== 'attempt' && entry.kind !== 'checked' && <> · {entry.actor}</>}
        </div>
      </div>
    </li>
  );
}

/** What the provider answered, and the way to the file it is kept as. */
function Receipt({
  entry,
  onOpen,
}: {
  readonly entry: TimelineEntry;
  readonly onOpen: (receiptId: number) => void;
}): ReactNode {
  const t = useWords('invoice');
  const facts = receiptOf(entry);
  const { receiptId } = entry.facts;
  if (facts.length === 0) return null;
  return (
    <details className="timeline-receipt">
      <summary>{t('receipt')}</summary>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="faint">{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
      {typeof receiptId === 'number' && (
        <Button icon="file" onPress={() => onOpen(receiptId)}>
          {t('openReceipt')}
        </Button>
      )}
    </details>
  );
}
