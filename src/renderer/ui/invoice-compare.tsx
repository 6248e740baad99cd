// Two invoices with the same seller and number side by side: what is equal, what is not, and where each stands.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { ComparedField, Comparison } from '../../shared/schema/compare.ts';
import { fieldName } from '../../shared/words/field-names.ts';
import { capitalise } from '../../shared/words/value-words.ts';
import { batchRoute, hashOf } from '../state/route.ts';
import { useQuery } from '../state/use-query.ts';
import { useFormats, useLanguage, useWords } from '../words/use-words.ts';
import { Checkbox } from './fields.tsx';
import { Icon } from './icon.tsx';
import { InvoiceStateBadge } from './state-badge.tsx';
import { Moment } from './values.tsx';
import { EmptyState, Note, QueryView } from './views.tsx';
import './invoice-compare.css';

/** The invoice at a position of a batch beside the one that came in before it. */
export function InvoiceCompare({
  batchId,
  ordinal,
}: {
  readonly batchId: string;
  readonly ordinal: number;
}): ReactNode {
  const t = useWords('compare');
  const query = useQuery('invoice.compare', { batchId, ordinal });
  return (
    <QueryView query={query} lines={8}>
      {({ own, other, others, fields }) =>
        other === null ? (
          <EmptyState icon="search" title={t('noOther')} />
        ) : (
          <Sides own={own} other={other} others={others} fields={fields} />
        )
      }
    </QueryView>
  );
}

type Side = Comparison['own'];

function Sides({
  own,
  other,
  others,
  fields,
}: {
  readonly own: Side;
  readonly other: Side;
  readonly others: number;
  readonly fields: readonly ComparedField[];
}): ReactNode {
  const t = useWords('compare');
  const differing = fields.filter(({ isDifferent }) => isDifferent);
  const [isOnlyDifferent, setIsOnlyDifferent] = useState(true);
  const isSame = differing.length === 0;
  const shown = isOnlyDifferent && !isSame ? differing : fields;
  return (
    <div className="compare stack">
      <Note
        tone={isSame ? 'calm' : 'bad'}
        icon={isSame ? 'info' : 'failed'}
        title={isSame ? t('same') : t('different', { count: differing.length })}
      >
        {isSame ? t('sameText') : t('differentText')}
      </Note>
      <div className="line-up">
        {!isSame && <Checkbox label={t('onlyDifferent')} isChecked={isOnlyDifferent} onChange={setIsOnlyDifferent} />}
        {others > 1 && <span className="soft">{t('moreOthers', { count: others - 1 })}</span>}
      </div>
      <div className="compare-scroll" tabIndex={0} role="region" aria-label={t('tableLabel')}>
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col">{t('field')}</th>
              <th scope="col">
                <SideHead side={own} name={t('own')} />
              </th>
              <th scope="col">
                <SideHead side={other} name={t('other')} />
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((field) => (
              <FieldRow key={`${field.row ?? 0} ${field.field}`} field={field} own={own} other={other} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function SideHead({ side, name }: { readonly side: Side; readonly name: string }): ReactNode {
  const t = useWords('compare');
  const formats = useFormats();
  const { row } = side;
  return (
    <div className="compare-side">
      <span className="line-up">
        <strong>{name}</strong>
        <InvoiceStateBadge state={row.state} />
      </span>
      <a href={hashOf({ screen: 'invoice', batchId: row.batchId, invoiceId: row.id })} className="clip">
        {side.fileName}
      </a>
      <span className="soft">
        <Moment atMs={side.importedAtMs} /> · {side.importedBy}
      </span>
      <a
        href={hashOf(
          batchRoute(row.batchId, 'source', { place: { fileOrdinal: row.fileOrdinal, line: row.line, column: 1 } }),
        )}
      >
        {t('atLine', { line: formats.count(row.line) })}
      </a>
    </div>
  );
}

function FieldRow({
  field,
  own,
  other,
}: {
  readonly field: ComparedField;
  readonly own: Side;
  readonly other: Side;
}): ReactNode {
  const t = useWords('compare');
  const language = useLanguage();
  const name = fieldName(field.field, language) ?? field.field;
  return (
    <tr className={field.isDifferent ? 'is-different' : ''}>
      <th scope="row">
        {field.isDifferent && (
          <span className="compare-mark">
            <Icon name="failed" size={12} />
            <span className="visually-hidden">{t('differs')}</span>
          </span>
        )}
        {field.row === null ? capitalise(name) : t('rowField', { row: field.row, field: name })}
      </th>
      <Value field={field} side={own} value={field.own} place={field.ownPlace} />
      <Value field={field} side={other} value={field.other} place={field.otherPlace} />
    </tr>
  );
}

function Value({
  field,
  side,
  value,
  place,
}: {
  readonly field: ComparedField;
  readonly side: Side;
  readonly value: ComparedField['own'];
  readonly place: ComparedField['ownPlace'];
}): ReactNode {
  const t = useWords('compare');
  const formats = useFormats();
  const { row } = side;
  const text =
    value === null
      ? t('nothing')
      : typeof value === 'number'
        ? formats.money({ currency: row.currency, amountMinor: value })
        : field.kind === 'date'
          ? formats.date(value)
          : value;
  return (
    <td className={field.kind === 'money' || field.kind === 'decimal' ? 'numeric' : ''}>
      <span className={value === null ? 'faint' : 'compare-value'}>{text}</span>
      {place !== null && (
        <a
          className="compare-place mono"
          href={hashOf(batchRoute(row.batchId, 'source', { place: { fileOrdinal: row.fileOrdinal, ...place } }))}
          aria-label={t('seePlace', { line: formats.count(place.line), column: formats.count(place.column) })}
        >
          {`${String(place.line)}:${String(place.column)}`}
        </a>
      )}
    </td>
  );
}
