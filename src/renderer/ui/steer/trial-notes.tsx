// Releases whose first few were sent: how they fared, what waits, and the decision. Nothing goes by itself.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Trial } from '../../../shared/schema/control.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { useFormats, useWords } from '../../words/use-words.ts';
import type { Words } from '../../words/use-words.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { Failure, Note } from '../views.tsx';

/** A note for each; nothing where nothing waits for a decision. `batchId` null: of all batches. */
export function TrialNotes({ batchId }: { readonly batchId: string | null }): ReactNode {
  const trials = dataOf(useQuery('delivery.trials', { batchId }))?.trials ?? [];
  return trials.map((trial) => <TrialNote key={trial.id} trial={trial} />);
}

const faultStates = ['rejected', 'failed', 'unknown', 'waiting'] as const;
const looks = {
  running: { tone: 'wait', icon: 'clock' },
  good: { tone: 'good', icon: 'check' },
  faulty: { tone: 'bad', icon: 'failed' },
} as const;

function TrialNote({ trial }: { readonly trial: Trial }): ReactNode {
  const t = useWords('steer');
  const formats = useFormats();
  const say = useSay();
  const decide = useCommand('delivery.decideTrial');
  const [asked, setAsked] = useState<'goOn' | 'stop' | null>(null);
  const { id, rest, verdict, firstCount } = trial;
  const send = async (decision: 'goOn' | 'stop'): Promise<void> => {
    setAsked(null);
    const result = await decide.run({ trialId: id, decision });
    if (result?.ok !== true) return;
    const key = decision === 'goOn' ? 'trialWentOn' : 'trialStopped';
    say({ tone: 'good', text: t(key, { count: result.value.changed }) });
  };
  const faults = faultsOf(trial, t);
  const done = firstCount - (trial.first.queued ?? 0) - (trial.first.claimed ?? 0) - (trial.first.sending ?? 0);
  const text = t(`trial.${verdict}`, { done: formats.count(done), first: formats.count(firstCount), faults });
  return (
    <>
      <Note
        {...looks[verdict]}
        title={`${t('trialTitle', { first: formats.count(firstCount), name: trial.fileName })}: ${text}`}
        action={
          <div className="line-up">
            <Button onPress={() => setAsked('stop')} isPending={decide.isRunning}>
              {t('trialStop')}
            </Button>
            <Button
              tone={verdict === 'good' ? 'primary' : 'normal'}
              onPress={() => (verdict === 'faulty' ? setAsked('goOn') : void send('goOn'))}
              isDisabled={verdict === 'running'}
              isPending={decide.isRunning}
            >
              {t('trialGoOn', { count: rest.count })}
            </Button>
          </div>
        }
      >
        {t('trialRest', { count: rest.count, sums: formats.sums(rest.sums) })}
      </Note>
      {decide.error !== null && <Failure error={decide.error} />}
      {asked !== null && (
        <DecisionDialog
          trial={trial}
          decision={asked}
          faults={faults}
          onClose={() => setAsked(null)}
          onDecide={() => void send(asked)}
        />
      )}
    </>
  );
}

/** "1 was refused, 2 wait for another try". */
function faultsOf({ first }: Trial, t: Words<'steer'>): string {
  return faultStates
    .flatMap((state) => {
      const count = first[state] ?? 0;
      return count === 0 ? [] : [t(`fault.${state}`, { count })];
    })
    .join(', ');
}

function DecisionDialog({
  trial,
  decision,
  faults,
  onClose,
  onDecide,
}: {
  readonly trial: Trial;
  readonly decision: 'goOn' | 'stop';
  readonly faults: string;
  readonly onClose: () => void;
  readonly onDecide: () => void;
}): ReactNode {
  const t = useWords('steer');
  const common = useWords('common');
  const formats = useFormats();
  const { count } = trial.rest;
  const first = formats.count(trial.firstCount);
  const isStop = decision === 'stop';
  return (
    <Dialog
      title={t(isStop ? 'trialStopTitle' : 'trialGoOnTitle', { count })}
      isOpen
      onClose={onClose}
      size="small"
      role="alertdialog"
      actions={
        <>
          <Button tone="danger" onPress={onDecide}>
            {isStop ? t('verb.cancel') : t('trialGoOn', { count })}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <p>{t(isStop ? 'trialStopText' : 'trialGoOnText', { first, faults })}</p>
    </Dialog>
  );
}
