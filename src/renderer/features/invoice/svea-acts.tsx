// What was done to an order at Svea, and the operator's word on what got no answer.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceOrder, OrderAct, OrderActState } from '../../../shared/schema/orders.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import type { Tone } from '../../ui/state-badge.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';

const looks = {
  sending: { tone: 'wait', icon: 'clock' },
  done: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'failed' },
  notSent: { tone: 'calm', icon: 'minus' },
  unknown: { tone: 'doubt', icon: 'question' },
} as const satisfies Readonly<Record<OrderActState, { readonly tone: Tone; readonly icon: IconName }>>;

/** The acts, oldest first. */
export function SveaActs({
  order,
  invoiceId,
}: {
  readonly order: InvoiceOrder;
  readonly invoiceId: number;
}): ReactNode {
  if (order.acts.length === 0) return null;
  return (
    <ul className="svea-list">
      {order.acts.map((act) => (
        <Act key={act.id} act={act} invoiceId={invoiceId} />
      ))}
    </ul>
  );
}

function Act({ act, invoiceId }: { readonly act: OrderAct; readonly invoiceId: number }): ReactNode {
  const t = useWords('svea');
  const formats = useFormats();
  const language = useLanguage();
  const [verdict, setVerdict] = useState<boolean | null>(null);
  const { kind, state, amountMinor, currency, peerOrderId, code, detail, reason, receipt } = act;
  const amount = amountMinor === null ? '' : formats.money({ amountMinor, currency: currency ?? '' });
  const { creditInvoiceId } = receipt;
  const cause = code === null ? null : wordsForCause({ code, detail, isRetried: false }, language);
  const known = [formats.dateTime(act.endedAtMs ?? act.startedAtMs), act.actor, reason];
  return (
    <li>
      <div className="line-up">
        <span>{kind === 'credit' ? t('act.credit', { amount }) : t('act.close', { order: peerOrderId })}</span>
        <Badge {...looks[state]}>{t(`actState.${state}`)}</Badge>
      </div>
      {creditInvoiceId !== undefined && (
        <div className="soft">{t('peerCredit', { number: String(creditInvoiceId) })}</div>
      )}
      {cause !== null && (
        <div className="soft">
          {cause.title}
          {/* In doubt, what to do stands below, with its verbs. */}
          {state !== 'unknown' && ` ${cause.next}`}
        </div>
      )}
      <div className="faint">{known.filter((part) => part !== '').join(' · ')}</div>
      {state === 'unknown' && (
        <>
          <p className="soft">{t('unknownText')}</p>
          <div className="delivery-actions">
            <Button onPress={() => setVerdict(true)}>{t('wasDone')}</Button>
            <Button onPress={() => setVerdict(false)}>{t('wasNotDone')}</Button>
          </div>
        </>
      )}
      {verdict !== null && (
        <SettleDialog actId={act.id} invoiceId={invoiceId} isDone={verdict} onClose={() => setVerdict(null)} />
      )}
    </li>
  );
}

function SettleDialog({
  actId,
  invoiceId,
  isDone,
  onClose,
}: {
  readonly actId: number;
  readonly invoiceId: number;
  readonly isDone: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('svea');
  const settle = useCommand('order.settle');
  const confirm = async (reason: string): Promise<void> => {
    const result = await settle.run({ invoiceId, actId, isDone, reason });
    if (result?.ok === true) onClose();
  };
  return (
    <ReasonDialog
      title={t(isDone ? 'settleDoneTitle' : 'settleNotDoneTitle')}
      confirm={t('settleDo')}
      isDanger={!isDone}
      help={t('reasonHelp')}
      missing={t('reasonMissing')}
      isPending={settle.isRunning}
      error={settle.error}
      onConfirm={(reason) => void confirm(reason)}
      onClose={onClose}
    >
      <p>{t('settleText')}</p>
    </ReasonDialog>
  );
}
