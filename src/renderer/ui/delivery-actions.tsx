// The verbs of one delivery as buttons, and the question that settles one that may have been sent. Used by several screens.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Delivery } from '../../shared/schema/delivery.ts';
import { lookUpAnswers } from '../../shared/schema/delivery.ts';
import { timelineWords } from '../../shared/words/timeline-words.ts';
import { useSay } from '../state/ui-context.tsx';
import { useCommand } from '../state/use-command.ts';
import { useLanguage, useWords } from '../words/use-words.ts';
import { Button } from './button.tsx';
import { DeliveryKnown } from './delivery-known.tsx';
import { steerVerbsOf, verbsOf } from './delivery-verbs.ts';
import type { DeliveryVerb } from './delivery-verbs.ts';
import { Dialog } from './dialog.tsx';
import { Choice } from './fields.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { SteerMenu } from './steer/steer-menu.tsx';
import { Failure } from './views.tsx';
import './delivery.css';

type Verdict = 'arrived' | 'notArrived';

/** Buttons for what can be done with a delivery now; nothing when there is nothing. */
export function DeliveryActions({ delivery }: { readonly delivery: Delivery }): ReactNode {
  const t = useWords('deliveries');
  const say = useSay();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const language = useLanguage();
  const retry = useCommand('delivery.retry');
  const cancel = useCommand('delivery.cancel');
  const lookUp = useCommand('delivery.lookUp');
  const verbs = freeVerbsOf(delivery);
  const steerVerbs = steerVerbsOf(delivery);
  const filter = { ids: [delivery.id] };
  const onRetry = async (): Promise<void> => {
    const result = await retry.run({ filter });
    if (result?.ok === true)
      say(
        result.value.changed > 0
          ? { tone: 'good', text: t('retried', { count: result.value.changed }) }
          : { tone: 'info', text: t('nothingChanged') },
      );
  };
  const onCancel = async (): Promise<void> => {
    setIsAsking(false);
    const result = await cancel.run({ filter });
    if (result?.ok === true)
      say(
        result.value.changed > 0
          ? { tone: 'good', text: t('cancelled', { count: result.value.changed }) }
          : { tone: 'info', text: t('nothingChanged') },
      );
  };
  const onLookUp = async (): Promise<void> => {
    const result = await lookUp.run({ selection: { ids: [delivery.id] } });
    if (result?.ok !== true) return;
    const { counts, code } = result.value;
    const answer = lookUpAnswers.find((kind) => counts[kind] > 0);
    if (answer === undefined) say({ tone: 'info', text: t('nothingChanged') });
    else
      say({
        tone: answer === 'found' ? 'good' : 'info',
        text: [code === null ? null : timelineWords[language].lookUps[code], t(`answer.${answer}`)]
          .filter((part) => part !== null)
          .join(' '),
      });
  };
  const error = retry.error ?? cancel.error ?? lookUp.error;
  if (verbs.length === 0 && steerVerbs.length === 0) return null;
  return (
    <div className="delivery-actions">
      {verbs.includes('lookUp') && (
        <Button icon="search" tone="primary" onPress={() => void onLookUp()} isPending={lookUp.isRunning}>
          {t('lookUp')}
        </Button>
      )}
      {verbs.includes('resolve') && <Button onPress={() => setVerdict('arrived')}>{t('arrived')}</Button>}
      {verbs.includes('resolve') && <Button onPress={() => setVerdict('notArrived')}>{t('notArrived')}</Button>}
      {verbs.includes('retry') && (
        <Button icon="refresh" onPress={() => void onRetry()} isPending={retry.isRunning}>
          {t('retry')}
        </Button>
      )}
      {verbs.includes('cancel') && (
        <Button tone="quiet" onPress={() => setIsAsking(true)} isPending={cancel.isRunning}>
          {t('takeBack')}
        </Button>
      )}
      <SteerMenu verbs={steerVerbs} filter={filter} delivery={delivery} />
      {error !== null && <Failure error={error} />}
      {verdict !== null && (
        <ResolveDialog delivery={delivery} startVerdict={verdict} onClose={() => setVerdict(null)} />
      )}
      <TakeBackDialog
        isOpen={isAsking}
        count={1}
        onClose={() => setIsAsking(false)}
        onTakeBack={() => void onCancel()}
      />
    </div>
  );
}

/** What is held is let go before it is tried, and what is being released is nobody's yet. */
function freeVerbsOf(delivery: Delivery): readonly DeliveryVerb[] {
  const { hold } = delivery;
  return verbsOf(delivery).filter((verb) => hold === null || (verb === 'cancel' && hold !== 'release'));
}

/** Asks before deliveries are taken back. The way back has the focus. */
export function TakeBackDialog({
  isOpen,
  count,
  onClose,
  onTakeBack,
}: {
  readonly isOpen: boolean;
  readonly count: number;
  readonly onClose: () => void;
  readonly onTakeBack: () => void;
}): ReactNode {
  const t = useWords('deliveries');
  const common = useWords('common');
  return (
    <Dialog
      title={t('takeBackTitle', { count })}
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      role="alertdialog"
      actions={
        <>
          <Button tone="danger" onPress={onTakeBack}>
            {t('takeBack')}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <p>{t('takeBackText')}</p>
    </Dialog>
  );
}

/** The operator's word on a delivery that may have been sent, with a reason that is kept. */
function ResolveDialog({
  delivery,
  startVerdict,
  onClose,
}: {
  readonly delivery: Delivery;
  readonly startVerdict: Verdict;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('deliveries');
  const say = useSay();
  const resolve = useCommand('delivery.resolve');
  const [verdict, setVerdict] = useState<Verdict>(startVerdict);
  const settle = async (reason: string): Promise<void> => {
    const result = await resolve.run({ selection: { ids: [delivery.id] }, verdict, reason });
    if (result?.ok !== true) return;
    const key = verdict === 'arrived' ? 'settledArrived' : 'settledAgain';
    if (result.value.changed === 0) say({ tone: 'info', text: t('nothingChanged') });
    else say({ tone: 'good', text: t(key, { number: delivery.invoiceNumber }) });
    onClose();
  };
  return (
    <ReasonDialog
      title={t('resolveTitle', { number: delivery.invoiceNumber })}
      confirm={t(verdict === 'arrived' ? 'settleArrived' : 'settleAgain')}
      isDanger={verdict === 'notArrived'}
      help={t('reasonHelp')}
      missing={t('reasonMissing')}
      isPending={resolve.isRunning}
      error={resolve.error}
      onConfirm={(reason) => void settle(reason)}
      onClose={onClose}
    >
      <DeliveryKnown delivery={delivery} />
      <Choice
        label={t('verdict')}
        value={verdict}
        options={[
          { id: 'arrived', label: t('arrived'), detail: t('arrivedDetail') },
          { id: 'notArrived', label: t('notArrived'), detail: t('notArrivedDetail') },
        ]}
        onChange={setVerdict}
      />
    </ReasonDialog>
  );
}
