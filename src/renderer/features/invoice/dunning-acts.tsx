// Dunnings that were sent by hand, and the operator's word on one that got no answer.

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
import { useDunningWord } from './dunning-words.ts';

const looks = {
  sending: { tone: 'wait', icon: 'clock' },
  done: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'failed' },
  notSent: { tone: 'calm', icon: 'minus' },
  unknown: { tone: 'doubt', icon: 'question' },
} as const satisfies Readonly<Record<OrderActState, { readonly tone: Tone; readonly icon: IconName }>>;

/** Oldest first. */
export function DunningActs({
  acts,
  invoiceId,
}: {
  readonly acts: readonly OrderAct[];
  readonly invoiceId: number;
}): ReactNode {
  if (acts.length === 0) return null;
  return (
    <ul className="account-acts">
      {acts.map((act) => (
        <Act key={act.id} act={act} invoiceId={invoiceId} />
      ))}
    </ul>
  );
}

function Act({ act, invoiceId }: { readonly act: OrderAct; readonly invoiceId: number }): ReactNode {
  const t = useWords('account');
  const formats = useFormats();
  const language = useLanguage();
  const dunningWord = useDunningWord();
  const [verdict, setVerdict] = useState<boolean | null>(null);
  const { state, wish, code, detail } = act;
  return (
    <li>
      <div className="line-up">
        <span>{dunningWord(String(wish.dunningType ?? ''))}</span>
        <Badge {...looks[state]}>{t(`actState.${state}`)}</Badge>
      </div>
      {code !== null && <div className="soft">{wordsForCause({ code, detail, isRetried: false }, language).title}</div>}
      {detail !== null && detail !== '' && <q className="timeline-words mono">{detail}</q>}
      <div className="faint">
        {formats.dateTime(act.endedAtMs ?? act.startedAtMs)} · {act.actor}
      </div>
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
  const t = useWords('account');
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
