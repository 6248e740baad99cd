// One act on what a peer has of an invoice: how it stands, and the operator's word on one that got no answer. What it is called is the caller's.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { OrderAct, OrderActState } from '../../../shared/schema/orders.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { Badge } from '../../ui/state-badge.tsx';
import type { Tone } from '../../ui/state-badge.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import './order-act-item.css';

const looks = {
  sending: { tone: 'wait', icon: 'clock' },
  done: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'failed' },
  notSent: { tone: 'calm', icon: 'minus' },
  unknown: { tone: 'doubt', icon: 'question' },
} as const satisfies Readonly<Record<OrderActState, { readonly tone: Tone; readonly icon: IconName }>>;

/** Whose words are used for its states and its settling. */
type Area = 'svea' | 'account';

interface ActItem {
  readonly act: OrderAct;
  readonly invoiceId: number;
  readonly area: Area;
}

/** A list's item; `children` are more facts of its kind. */
export function OrderActItem({
  act,
  invoiceId,
  area,
  title,
  children,
}: ActItem & { readonly title: string; readonly children?: ReactNode }): ReactNode {
  const t = useWords(area);
  const formats = useFormats();
  const language = useLanguage();
  const { state, code, detail, reason } = act;
  const cause = code === null ? null : wordsForCause({ code, detail, isRetried: false }, language);
  const known = [formats.dateTime(act.endedAtMs ?? act.startedAtMs), act.actor, reason];
  return (
    <li className="order-act">
      <div className="line-up">
        <span>{title}</span>
        <Badge {...looks[state]}>{t(`actState.${state}`)}</Badge>
      </div>
      {children}
      {cause !== null && (
        <div className="soft">
          {cause.title}
          {/* In doubt, what to do stands below, with its verbs. */}
          {state !== 'unknown' && ` ${cause.next}`}
        </div>
      )}
      <div className="faint">{known.filter((part) => part !== '').join(' · ')}</div>
      {state === 'unknown' && <Settling act={act} invoiceId={invoiceId} area={area} />}
    </li>
  );
}

function Settling({ act, invoiceId, area }: ActItem): ReactNode {
  const t = useWords(area);
  const [verdict, setVerdict] = useState<boolean | null>(null);
  const settle = useCommand('order.settle');
  const confirm = async (isDone: boolean, reason: string): Promise<void> => {
    const result = await settle.run({ invoiceId, actId: act.id, isDone, reason });
    if (result?.ok === true) setVerdict(null);
  };
  return (
    <>
      <p className="soft">{t('unknownText')}</p>
      <div className="delivery-actions">
        <Button onPress={() => setVerdict(true)}>{t('wasDone')}</Button>
        <Button onPress={() => setVerdict(false)}>{t('wasNotDone')}</Button>
      </div>
      {verdict !== null && (
        <ReasonDialog
          title={t(verdict ? 'settleDoneTitle' : 'settleNotDoneTitle')}
          confirm={t('settleDo')}
          isDanger={!verdict}
          help={t('reasonHelp')}
          missing={t('reasonMissing')}
          isPending={settle.isRunning}
          error={settle.error}
          onConfirm={(reason) => void confirm(verdict, reason)}
          onClose={() => setVerdict(null)}
        >
          <p>{t('settleText')}</p>
        </ReasonDialog>
      )}
    </>
  );
}
