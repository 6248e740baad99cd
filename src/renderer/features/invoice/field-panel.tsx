// The left side of an invoice: every value with the line of the source it was read from.

import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../../shared/schema/batch.ts';
import type { FieldPlace, InvoiceLine } from '../../../shared/schema/invoice.ts';
import { batchRoute, hashOf } from '../../state/route.ts';
import { EmailText } from '../../ui/email-text.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import { fieldsOf } from './invoice-fields.ts';
import type { FieldGroup, InvoiceField } from './invoice-fields.ts';

type PlaceOf = (fields: readonly string[]) => FieldPlace | null;
/** Places whose text in the source is not what is used. */
type CorrectedIn = (field: (name: string) => boolean) => readonly FieldPlace[];

/** Values by group, then the rows. */
export function FieldPanel({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const t = useWords('invoice');
  const { invoice, places, row } = detail;
  const groups = useMemo(() => fieldsOf(invoice), [invoice]);
  const placeOf = useMemo<PlaceOf>(() => {
    const byField = new Map(places.map((place) => [place.field, place]));
    return (fields) => fields.map((field) => byField.get(field)).find((place) => place !== undefined) ?? null;
  }, [places]);
  const correctedIn = useMemo<CorrectedIn>(() => {
    const corrected = places.filter((place) => place.usedText !== undefined);
    return (isWanted) => corrected.filter((place) => isWanted(place.field));
  }, [places]);
  return (
    <section className="invoice-fields" aria-label={t('fields')}>
      {groups.map((group, index) => (
        <Group
          key={group.name}
          group={group}
          isFirst={index === 0}
          currency={row.currency}
          placeOf={placeOf}
          correctedIn={correctedIn}
          detail={detail}
        />
      ))}
      {invoice.lines.length > 0 && (
        <section className="invoice-group">
          <h2>{t('rows', { count: invoice.lines.length })}</h2>
          <ul>
            {invoice.lines.map((line, index) => (
              <RowItem
                key={index}
                line={line}
                currency={row.currency}
                place={placeOf([`lines[${index}].netMinor`, `lines[${index}].description`])}
                corrected={correctedIn((field) => field.startsWith(`lines[${index}].`))}
                detail={detail}
              />
            ))}
          </ul>
        </section>
      )}
      {invoice.notes.length > 0 && (
        <section className="invoice-group">
          <h2>{t('notes')}</h2>
          {invoice.notes.map((note, index) => (
            <p key={index}>{note}</p>
          ))}
        </section>
      )}
    </section>
  );
}

function Group({
  group,
  isFirst,
  currency,
  placeOf,
  correctedIn,
  detail,
}: {
  readonly group: FieldGroup;
  /** The first one has the heading over the line numbers. */
  readonly isFirst: boolean;
  readonly currency: string;
  readonly placeOf: PlaceOf;
  readonly correctedIn: CorrectedIn;
  readonly detail: InvoiceDetail;
}): ReactNode {
  const t = useWords('invoice');
  return (
    <section className="invoice-group">
      {isFirst && (
        <span className="invoice-line-head" aria-hidden="true">
          {t('line')}
        </span>
      )}
      <h2>{t(`group.${group.name}`)}</h2>
      <dl>
        {group.fields.map((field) => (
          <div
            key={field.key}
            className={field.name === 'payable' || field.name === 'credited' ? 'invoice-field is-sum' : 'invoice-field'}
          >
            <dt>{t(`field.${field.name}`, { detail: field.detail ?? '' })}</dt>
            <dd className={field.value.kind === 'money' ? 'numeric' : undefined}>
              <Value field={field} currency={currency} />
              <SourceTexts places={correctedIn((name) => field.fields.includes(name))} />
            </dd>
            <dd className="invoice-place">
              <PlaceLink
                place={placeOf(field.fields)}
                detail={detail}
                name={t(`field.${field.name}`, { detail: field.detail ?? '' })}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Value({ field, currency }: { readonly field: InvoiceField; readonly currency: string }): ReactNode {
  const formats = useFormats();
  switch (field.value.kind) {
    case 'text':
      return field.name === 'email' ? <EmailText text={field.value.text} /> : field.value.text;
    case 'date':
      return formats.date(field.value.isoDate);
    case 'money':
      return formats.money({ currency, amountMinor: field.value.amountMinor });
  }
}

function RowItem({
  line,
  currency,
  place,
  corrected,
  detail,
}: {
  readonly line: InvoiceLine;
  readonly currency: string;
  readonly place: FieldPlace | null;
  readonly corrected: readonly FieldPlace[];
  readonly detail: InvoiceDetail;
}): ReactNode {
  const formats = useFormats();
  const t = useWords('invoice');
  const quantity = [line.quantity, line.unit].filter((part) => part !== null).join(' ');
  const parts = [
    quantity === '' ? null : quantity,
    line.unitPrice === null ? null : `× ${line.unitPrice}`,
    line.vatRate === null ? null : t('vatRate', { rate: line.vatRate }),
  ].filter((part) => part !== null);
  return (
    <li className="invoice-row">
      <span className="invoice-row-text">
        <span>{line.description}</span>
        <span className="faint">{parts.join(' ')}</span>
        <SourceTexts places={corrected} />
      </span>
      <span className="numeric">{formats.money({ currency, amountMinor: line.netMinor })}</span>
      <PlaceLink place={place} detail={detail} name={line.description} />
    </li>
  );
}

/** What stands in the source where something else is used: a correction. */
function SourceTexts({ places }: { readonly places: readonly FieldPlace[] }): ReactNode {
  const t = useWords('invoice');
  return places.map((place) => (
    <span key={place.field} className="invoice-source-text">
      {t('correctedFrom', { text: place.text })}
    </span>
  ));
}

/** The line number as a link into the source. */
function PlaceLink({
  place,
  detail,
  name,
}: {
  readonly place: FieldPlace | null;
  readonly detail: InvoiceDetail;
  readonly name: string;
}): ReactNode {
  const t = useWords('invoice');
  const formats = useFormats();
  if (place === null) return <span className="invoice-line-link" />;
  const { batchId, fileOrdinal } = detail.row;
  const line = formats.count(place.line);
  return (
    <a
      className="invoice-line-link mono"
      href={hashOf(batchRoute(batchId, 'source', { place: { fileOrdinal, line: place.line, column: place.column } }))}
      aria-label={t('toSource', { name, line })}
      title={t('toSourceOf', { path: place.path, text: place.text, line })}
    >
      {line}
    </a>
  );
}
