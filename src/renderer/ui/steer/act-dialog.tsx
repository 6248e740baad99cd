// The question before an act over deliveries: how many, how much money, what is left and why, and what the act needs to know.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { MethodInput } from '../../../shared/contract/methods.ts';
import type { ActPlan, DeliveryAct } from '../../../shared/schema/control.ts';
import { parseLocalTime } from '../../../shared/local-time.ts';
import { useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { useFormats, useWords } from '../../words/use-words.ts';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';
import { Select, TextField } from '../fields.tsx';
import { Failure, QueryView } from '../views.tsx';
import { TimeChoice } from './time-choice.tsx';
import './steer.css';

/** Acts that one dialog asks about; addresses have their own. */
export type AskedAct = Exclude<DeliveryAct, 'readdress'>;
/** Deliveries an act is about. */
export type SteerFilter = MethodInput<'delivery.plan'>['filter'];

interface Wish {
  readonly reason: string;
  readonly connectionId: string | null;
  /** Null: as soon as possible. */
  readonly time: string | null;
}

/** Asks, then acts. */
export function ActDialog({
  act,
  filter,
  onClose,
}: {
  readonly act: AskedAct;
  readonly filter: SteerFilter;
  readonly onClose: () => void;
}): ReactNode {
  const t = useWords('steer');
  const common = useWords('common');
  const [wish, setWish] = useState<Wish>({ reason: '', connectionId: null, time: act === 'schedule' ? '' : null });
  const [isTold, setIsTold] = useState(false);
  const plan = useQuery('delivery.plan', { act, filter, connectionId: wish.connectionId });
  const { run, isRunning, error } = useAct(act, filter, onClose);
  const count = dataOf(plan)?.count ?? 0;
  const go = (): void => {
    setIsTold(true);
    if (isWhole(act, wish)) void run(wish);
  };
  return (
    <Dialog
      title={t(`title.${act}`)}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button
            tone={act === 'cancel' ? 'danger' : 'primary'}
            onPress={go}
            isDisabled={count === 0}
            isPending={isRunning}
          >
            {t(`do.${act}`, { count })}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <div className="steer">
        <p className="soft">{t(`about.${act}`)}</p>
        <ActFields act={act} wish={wish} isTold={isTold} onChange={setWish} />
        <QueryView query={plan} lines={2}>
          {(data) => <PlanText plan={data} />}
        </QueryView>
        {error !== null && <Failure error={error} />}
      </div>
    </Dialog>
  );
}

/** True when everything the act needs is given. */
function isWhole(act: AskedAct, { reason, connectionId, time }: Wish): boolean {
  if (act === 'reroute') return connectionId !== null && reason.trim().length >= 3;
  if (act !== 'schedule' || time === null) return true;
  const atMs = parseLocalTime(time);
  return atMs !== null && atMs > Date.now();
}

function useAct(act: AskedAct, filter: SteerFilter, onClose: () => void) {
  const t = useWords('steer');
  const say = useSay();
  const retry = useCommand('delivery.retry');
  const cancel = useCommand('delivery.cancel');
  const hold = useCommand('delivery.hold');
  const schedule = useCommand('delivery.schedule');
  const reroute = useCommand('delivery.reroute');
  const send = ({ reason, connectionId, time }: Wish) => {
    switch (act) {
      case 'retry':
        return retry.run({ filter });
      case 'cancel':
        return cancel.run({ filter });
      case 'hold':
        return hold.run({ filter, isHeld: true, reason: reason.trim() });
      case 'letGo':
        return hold.run({ filter, isHeld: false });
      case 'schedule':
        return schedule.run({ filter, notBeforeMs: time === null ? null : parseLocalTime(time) });
      case 'reroute':
        return reroute.run({ filter, connectionId: connectionId ?? '', reason: reason.trim() });
    }
  };
  const run = async (wish: Wish): Promise<void> => {
    const result = await send(wish);
    if (result?.ok !== true) return;
    const { changed } = result.value;
    say(
      changed > 0
        ? { tone: 'good', text: t(`done.${act}`, { count: changed }) }
        : { tone: 'info', text: t('nothingChanged') },
    );
    onClose();
  };
  const all = [retry, cancel, hold, schedule, reroute];
  return {
    run,
    isRunning: all.some(({ isRunning }) => isRunning),
    error: all.find(({ error }) => error !== null)?.error ?? null,
  };
}

function ActFields({
  act,
  wish,
  isTold,
  onChange,
}: {
  readonly act: AskedAct;
  readonly wish: Wish;
  readonly isTold: boolean;
  readonly onChange: (wish: Wish) => void;
}): ReactNode {
  const t = useWords('steer');
  switch (act) {
    case 'retry':
    case 'cancel':
    case 'letGo':
      return null;
    case 'hold':
      return (
        <TextField
          label={t('holdReason')}
          help={t('reasonHelp')}
          value={wish.reason}
          onChange={(reason) => onChange({ ...wish, reason })}
        />
      );
    case 'schedule':
      return <TimeChoice time={wish.time} isTold={isTold} onChange={(time) => onChange({ ...wish, time })} />;
    case 'reroute':
      return (
        <>
          <ConnectionField
            connectionId={wish.connectionId}
            error={isTold && wish.connectionId === null ? t('connectionMissing') : null}
            onChange={(connectionId) => onChange({ ...wish, connectionId })}
          />
          <ReasonField reason={wish.reason} isTold={isTold} onChange={(reason) => onChange({ ...wish, reason })} />
        </>
      );
  }
}

/** A reason that is kept with the act. */
export function ReasonField({
  reason,
  isTold,
  onChange,
}: {
  readonly reason: string;
  /** True once the act was tried: what is missing is said from then on. */
  readonly isTold: boolean;
  readonly onChange: (reason: string) => void;
}): ReactNode {
  const t = useWords('steer');
  return (
    <TextField
      label={t('reason')}
      help={t('reasonHelp')}
      value={reason}
      onChange={onChange}
      error={isTold && reason.trim().length < 3 ? t('reasonMissing') : null}
      isRequired
    />
  );
}

/** Which connection to use. */
export function ConnectionField({
  connectionId,
  error,
  onChange,
}: {
  readonly connectionId: string | null;
  readonly error: string | null;
  readonly onChange: (connectionId: string) => void;
}): ReactNode {
  const t = useWords('steer');
  const common = useWords('common');
  const connections = dataOf(useQuery('connection.list', {}))?.connections ?? [];
  return (
    <div>
      <Select
        label={t('to')}
        value={connectionId}
        placeholder={t('chooseConnection')}
        options={connections.map(({ id, name, channel }) => ({
          id,
          label: name,
          detail: common(`channel.${channel}`),
        }))}
        onChange={onChange}
      />
      {error !== null && <div className="field-error">{error}</div>}
    </div>
  );
}

function PlanText({ plan }: { readonly plan: ActPlan }): ReactNode {
  const t = useWords('steer');
  const formats = useFormats();
  return (
    <div className="steer-plan">
      <p className="steer-count">
        {plan.count === 0 ? t('planNothing') : t('plan', { count: plan.count, sums: formats.sums(plan.sums) })}
      </p>
      {plan.left.length > 0 && (
        <section aria-label={t('leftTitle')}>
          <h3 className="soft">{t('leftTitle')}</h3>
          <ul className="soft">
            {plan.left.map(({ reason, count }) => (
              <li key={reason}>{t(`left.${reason}`, { count })}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
