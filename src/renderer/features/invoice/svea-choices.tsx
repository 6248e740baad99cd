// Before an order is made: the customer's addresses at Svea, and what the invoice would cost as a payment plan.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceRow } from '../../../shared/schema/batch.ts';
import type { Connection } from '../../../shared/schema/connection.ts';
import type { InvoicePlans, OrderAddress } from '../../../shared/schema/orders.ts';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import { Failure, QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import '../../ui/plain-table.css';

interface Place {
  readonly invoiceId: number;
  readonly connectionId: string;
}

/** The workbench of one invoice. */
export function SveaChoices({
  row,
  connections,
}: {
  readonly row: InvoiceRow;
  readonly connections: readonly Connection[];
}): ReactNode {
  const t = useWords('svea');
  const [connectionId, setConnectionId] = useState(connections[0]?.id ?? '');
  const place = { invoiceId: row.id, connectionId };
  const type = connections.find(({ id }) => id === connectionId)?.config;
  return (
    <>
      <p className="soft">{t('choicesText')}</p>
      {connections.length > 1 && (
        <Select
          label={t('connection')}
          value={connectionId}
          options={connections.map(({ id, name }) => ({ id, label: name }))}
          onChange={setConnectionId}
        />
      )}
      {type?.channel === 'svea' && type.orderType !== 'PaymentPlan' && (
        <Addresses key={`addresses ${connectionId}`} place={place} />
      )}
      <Plans key={`plans ${connectionId}`} place={place} />
    </>
  );
}

function Addresses({ place }: { readonly place: Place }): ReactNode {
  const t = useWords('svea');
  const lookUp = useCommand('order.addresses');
  const choose = useCommand('order.chooseAddress');
  const [addresses, setAddresses] = useState<readonly OrderAddress[] | null>(null);
  const onLookUp = async (): Promise<void> => {
    const result = await lookUp.run(place);
    if (result?.ok === true) setAddresses(result.value.addresses);
  };
  const onChoose = async (address: OrderAddress | null): Promise<void> => {
    const result = await choose.run({ ...place, address });
    if (result?.ok !== true) return;
    const isIt = (each: OrderAddress): boolean => address !== null && each.selector === address.selector;
    setAddresses((now) => now?.map((each) => ({ ...each, isChosen: isIt(each) })) ?? null);
  };
  const error = lookUp.error ?? choose.error;
  return (
    <>
      <div>
        <Button icon="search" onPress={() => void onLookUp()} isPending={lookUp.isRunning}>
          {t('addresses')}
        </Button>
      </div>
      {error !== null && <Failure error={error} />}
      {addresses?.length === 0 && <p className="soft">{t('addressesNone')}</p>}
      {addresses !== null && addresses.length > 0 && (
        <ul className="svea-list" aria-label={t('addressesTitle')}>
          {addresses.map((address) => (
            <li key={address.selector} className="svea-address">
              <div>
                <strong>{address.name}</strong>
                <div>
                  {[...address.lines, `${address.postalCode} ${address.city}`].map((line, at) => (
                    <div key={at} className="soft">
                      {line}
                    </div>
                  ))}
                </div>
                {address.isChosen && (
                  <Badge tone="good" icon="check">
                    {t('addressChosen')}
                  </Badge>
                )}
              </div>
              <Button onPress={() => void onChoose(address.isChosen ? null : address)} isPending={choose.isRunning}>
                {t(address.isChosen ? 'addressDrop' : 'addressUse')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Plans({ place }: { readonly place: Place }): ReactNode {
  const t = useWords('svea');
  const query = useQuery('order.plans', place);
  const fetching = useCommand('order.fetchCampaigns');
  return (
    <section aria-label={t('plans')} className="svea-plans">
      <h3>{t('plans')}</h3>
      <QueryView query={query} lines={2}>
        {(plans) => (
          <>
            <PlanTable plans={plans} />
            <div>
              <Button
                icon="refresh"
                tone={plans.fetchedAtMs === null ? 'normal' : 'quiet'}
                onPress={() => void fetching.run({ connectionId: place.connectionId })}
                isPending={fetching.isRunning}
              >
                {t('plansFetch')}
              </Button>
            </div>
          </>
        )}
      </QueryView>
      {fetching.error !== null && <Failure error={fetching.error} />}
    </section>
  );
}

function PlanTable({
  plans: { plans, credits, currency, payableMinor, fetchedAtMs, notApplicable },
}: {
  readonly plans: InvoicePlans;
}): ReactNode {
  const t = useWords('svea');
  const formats = useFormats();
  const money = (amountMinor: number): string => formats.money({ amountMinor, currency });
  const amount = (amountMinor: number): string => formats.amount({ amountMinor, currency });
  if (fetchedAtMs === null) return <p className="soft">{t('plansNever')}</p>;
  return (
    <>
      <p className="soft">{t('plansText', { amount: money(payableMinor) })}</p>
      {plans.length === 0 && credits.length === 0 && <p className="soft">{t('plansNone')}</p>}
      {plans.length > 0 && (
        <div className="table-box">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t('campaign')}</th>
                <th className="numeric">{t('monthly')}</th>
                <th className="numeric">{t('total')}</th>
              </tr>
            </thead>
            <tbody>
              {plans.map((plan) => (
                <tr key={plan.code}>
                  <td>
                    {plan.description}
                    <div className="faint">{t('months', { count: plan.months, code: plan.code })}</div>
                    <div className="faint">
                      {t('interest', { percent: percentText(plan.effectiveInterestPercent, formats.language) })}
                    </div>
                  </td>
                  <td className="numeric">
                    {plan.isCheapest ? <strong>{amount(plan.monthlyMinor)}</strong> : amount(plan.monthlyMinor)}
                    {plan.isCheapest && <div className="faint">{t('cheapest')}</div>}
                  </td>
                  <td className="numeric">{amount(plan.totalMinor)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {credits.map(({ code, description, lowestMonthlyMinor }) => (
        <p key={code}>
          {lowestMonthlyMinor === null
            ? t('accountCreditNone', { name: description })
            : t('accountCredit', { name: description, amount: money(lowestMonthlyMinor) })}
        </p>
      ))}
      <p className="faint">
        {t('plansFetched', { time: formats.dateTime(fetchedAtMs) })}
        {notApplicable > 0 && <>. {t('plansOther', { count: notApplicable })}</>}
      </p>
    </>
  );
}

/** A rate with one decimal, as the language writes it. */
function percentText(percent: number, language: string): string {
  const text = percent.toFixed(1);
  return language === 'en' ? `${text}%` : `${text.replace('.', ',')} %`;
}
