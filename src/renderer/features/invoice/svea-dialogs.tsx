// The questions before an order at Svea is credited or closed: what happens, that it can't be taken back, and the reason that is kept.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceOrder, OrderAct } from '../../../shared/schema/orders.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Checkbox } from '../../ui/fields.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

interface Place {
  readonly invoiceId: number;
  readonly deliveryId: number;
}

/** Whole, or by rows. */
export function CreditDialog({
  order,
  place,
  invoiceNumber,
  onClose,
}: {
  readonly order: InvoiceOrder;
  readonly place: Place;
  readonly invoiceNumber: string;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('svea');
  const formats = useFormats();
  const sayEnd = useSayEnd();
  const credit = useCommand('order.credit');
  const left = order.rows.filter(({ isCredited }) => !isCredited);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(() => new Set(left.map(({ position }) => position)));
  const [isTold, setIsTold] = useState(false);
  const sumOf = (rows: InvoiceOrder['rows']): number => rows.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  const wanted = left.filter(({ position }) => chosen.has(position));
  const amountMinor = sumOf(wanted);
  const isAll = wanted.length === left.length;
  const isWrong = amountMinor <= 0 || amountMinor > sumOf(left);
  const money = (minor: number): string => formats.money({ amountMinor: minor, currency: order.currency });
  const confirm = async (reason: string): Promise<void> => {
    setIsTold(true);
    if (isWrong) return;
    const positions = isAll ? null : wanted.map(({ position }) => position);
    const result = await credit.run({ ...place, positions, reason });
    if (result?.ok !== true) return;
    sayEnd(result.value);
    onClose();
  };
  return (
    <ReasonDialog
      title={t('creditTitle', { number: invoiceNumber })}
      confirm={isWrong ? t('creditPlain') : t('creditDo', { amount: money(amountMinor) })}
      isDanger
      help={t('reasonHelp')}
      missing={t('reasonMissing')}
      isPending={credit.isRunning}
      error={credit.error}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    >
      <p>{t('creditText')}</p>
      <CreditRows order={order} chosen={chosen} onChange={setChosen} />
      {isWrong && (isTold || wanted.length > 0) ? (
        <p className="field-error" role="alert">
          {t('creditNone')}
        </p>
      ) : (
        <p className="soft">{t('creditSum', { amount: money(amountMinor) })}</p>
      )}
    </ReasonDialog>
  );
}

/** What can be credited, with what is credited already. */
function CreditRows({
  order,
  chosen,
  onChange,
}: {
  readonly order: InvoiceOrder;
  readonly chosen: ReadonlySet<number>;
  readonly onChange: (chosen: ReadonlySet<number>) => void;
}): ReactNode {
  const t = useWords('svea');
  const formats = useFormats();
  const left = order.rows.filter(({ isCredited }) => !isCredited);
  const positions = left.map(({ position }) => position);
  const count = positions.filter((position) => chosen.has(position)).length;
  const money = (amountMinor: number): string => formats.money({ amountMinor, currency: order.currency });
  const toggle = (position: number, isOn: boolean): void => {
    const next = new Set(chosen);
    if (isOn) next.add(position);
    else next.delete(position);
    onChange(next);
  };
  return (
    <fieldset className="svea-rows">
      <legend>{t('creditWhich')}</legend>
      <div className="svea-row">
        <Checkbox
          label={t(left.length === order.rows.length ? 'creditAll' : 'creditLeft')}
          isChecked={count === positions.length}
          isPartly={count > 0 && count < positions.length}
          onChange={(isOn) => onChange(new Set(isOn ? positions : []))}
        />
        <span className="numeric">{money(left.reduce((sum, { grossMinor }) => sum + grossMinor, 0))}</span>
      </div>
      {order.rows.map(({ position, text, grossMinor, isCredited }) => (
        <div key={position} className="svea-row">
          {isCredited ? (
            <span className="faint">
              {text} · {t('rowCredited')}
            </span>
          ) : (
            <Checkbox label={text} isChecked={chosen.has(position)} onChange={(isOn) => toggle(position, isOn)} />
          )}
          <span className="numeric">{money(grossMinor)}</span>
        </div>
      ))}
    </fieldset>
  );
}

/** The order ends. */
export function CloseDialog({
  place,
  orderId,
  isSurplus,
  onClose,
}: {
  readonly place: Place;
  readonly orderId: string;
  readonly isSurplus: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('svea');
  const sayEnd = useSayEnd();
  const close = useCommand('order.close');
  const confirm = async (reason: string): Promise<void> => {
    const result = await close.run({ ...place, orderId, reason });
    if (result?.ok !== true) return;
    sayEnd(result.value);
    onClose();
  };
  return (
    <ReasonDialog
      title={t('closeTitle', { order: orderId })}
      confirm={t('closeDo')}
      isDanger
      help={t('reasonHelp')}
      missing={t('reasonMissing')}
      isPending={close.isRunning}
      error={close.error}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    >
      <p>{t(isSurplus ? 'closeSurplusText' : 'closeText')}</p>
    </ReasonDialog>
  );
}

/** Says what an act came to. */
function useSayEnd(): (act: OrderAct) => void {
  const t = useWords('svea');
  const say = useSay();
  return ({ state }) => say({ tone: state === 'done' ? 'good' : 'info', text: t(`result.${state}`) });
}
