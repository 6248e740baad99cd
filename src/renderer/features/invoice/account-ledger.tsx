// What a service says about an invoice's recipient: its record, what it owes, and its sales ledger.

import type { ReactNode } from 'react';
import type { AccountEntry, AccountRecipient, AccountView } from '../../../shared/schema/accounts.ts';
import { useFormats, useWords } from '../../words/use-words.ts';
import '../../ui/plain-table.css';

const currency = 'NOK';

/** The record, the balance, the ledger. */
export function AccountLedger({ view }: { readonly view: AccountView }): ReactNode {
  const t = useWords('account');
  const formats = useFormats();
  return (
    <>
      <section className="account-section" aria-label={t('recipient')}>
        <h3>{t('recipient')}</h3>
        {view.recipient === null ? (
          <p className="soft">{t('recipientNone')}</p>
        ) : (
          <Recipient recipient={view.recipient} />
        )}
      </section>
      <section className="account-section" aria-label={t('ledger')}>
        <h3>{t('ledger')}</h3>
        <Balance balanceMinor={view.balanceMinor} />
        {view.entries.length === 0 ? <p className="soft">{t('ledgerNone')}</p> : <Entries entries={view.entries} />}
        <p className="faint">{t('askedAt', { time: formats.dateTime(view.askedAtMs) })}</p>
      </section>
    </>
  );
}

const shipments = ['snail', 'email_html', 'email_plain'] as const;

function Recipient({ recipient }: { readonly recipient: AccountRecipient }): ReactNode {
  const t = useWords('account');
  const { name, address1, address2, zip, city, country, email, phone, mobile, orgNo, categories } = recipient;
  const place = [zip, city].filter((part) => part !== null).join(' ');
  const address = [address1, address2, place, country].filter((part) => part !== null && part !== '').join(', ');
  const known = shipments.find((each) => each === recipient.preferredShipment);
  const days = /^\d{1,4}$/u.test(recipient.creditDays ?? '') ? Number(recipient.creditDays) : null;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('name'), name],
    [t('address'), address],
    [t('email'), email],
    [t('phone'), [phone, mobile].filter((part) => part !== null).join(', ')],
    [t('orgNo'), orgNo],
    [t('creditDays'), days === null ? recipient.creditDays : t('days', { count: days })],
    [t('shipment'), known === undefined ? recipient.preferredShipment : t(`shipment.${known}`)],
    [t('categories'), categories.join(', ')],
  ];
  return (
    <dl className="delivery-known">
      {facts.map(
        ([label, value]) =>
          value !== null &&
          value !== '' && (
            <div key={label} className="account-fact">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Balance({ balanceMinor }: { readonly balanceMinor: number | null }): ReactNode {
  const t = useWords('account');
  const formats = useFormats();
  if (balanceMinor === null) return <p className="soft">{t('balanceNone')}</p>;
  const amount = formats.money({ amountMinor: Math.abs(balanceMinor), currency });
  return <p>{balanceMinor === 0 ? t('even') : t(balanceMinor > 0 ? 'owes' : 'overpaid', { amount })}</p>;
}

const entryTypes = [
  'invoice',
  'dunningFee',
  'interest',
  'debitCorrection',
  'refund',
  'credit',
  'automaticPayment',
  'manualPayment',
  'collectionPayment',
  'collectionDirectPayment',
  'lost',
  'lostInterest',
  'feeCancelation',
  'creditCorrection',
] as const;

function Entries({ entries }: { readonly entries: readonly AccountEntry[] }): ReactNode {
  const t = useWords('account');
  const formats = useFormats();
  /** One that is not known is shown as it came. */
  const word = (type: string | null): string => {
    const known = entryTypes.find((each) => each === type);
    return known === undefined ? (type ?? '–') : t(`entry.${known}`);
  };
  return (
    <div className="table-box">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('ledgerDate')}</th>
            <th>{t('ledgerType')}</th>
            <th className="numeric">{t('ledgerAmount')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, type, amountMinor, date, invoiceNo, creditedInvoiceNo }, index) => (
            <tr key={id ?? index}>
              <td className="numeric account-day">{formats.date(date)}</td>
              <td>
                {word(type)}
                {invoiceNo !== null && (
                  <div className="faint">
                    {t('entryInvoice', { number: invoiceNo })}
                    {creditedInvoiceNo !== null && t('entryCredits', { number: creditedInvoiceNo })}
                  </div>
                )}
              </td>
              <td className="numeric">{amountMinor === null ? '–' : formats.amount({ amountMinor, currency })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
