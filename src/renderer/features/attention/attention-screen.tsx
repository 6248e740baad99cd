// What needs a person, as tasks with a verb; each leads to where it is done.

import type { ReactNode } from 'react';
import type { Trial } from '../../../shared/schema/control.ts';
import type { ExpiringOrder, OrderActInDoubt } from '../../../shared/schema/orders.ts';
import type { AttentionTask } from '../../state/attention.ts';
import { batchRoute, go } from '../../state/route.ts';
import { useAttention } from '../../state/use-attention.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/state-badge.tsx';
import { EmptyState } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import type { Words } from '../../words/use-words.ts';
import './attention.css';

interface TaskView {
  readonly key: string;
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: string;
  readonly next: string;
  readonly verb: string;
  readonly run: () => void;
}

/** The operator's inbox. */
export function AttentionScreen(): ReactNode {
  const t = useWords('attention');
  const frame = useWords('frame');
  const tasks = useAttention().map((task) => viewOf(task, t, frame));
  return (
    <div className="screen">
      <header className="screen-head">
        <h1 className="spread">{t('title')}</h1>
      </header>
      <div className="screen-scroll">
        {tasks.length === 0 && (
          <EmptyState icon="check" title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        )}
        <ul className="tasks">
          {tasks.map((task) => (
            <li key={task.key} className="task">
              <span className={`tone-${task.tone}`}>
                <Icon name={task.icon} />
              </span>
              <div className="spread">
                <strong>{task.title}</strong>
                <p className="soft">{task.next}</p>
              </div>
              <Button onPress={task.run}>{task.verb}</Button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function viewOf(task: AttentionTask, t: Words<'attention'>, frame: Words<'frame'>): TaskView {
  switch (task.kind) {
    case 'unknown':
      return {
        key: 'unknown',
        tone: 'doubt',
        icon: 'question',
        title: t('unknown', { count: task.count }),
        next: t('unknownNext'),
        verb: t('lookUp'),
        run: () => go({ screen: 'deliveries', show: 'unknown' }),
      };
    case 'trial':
      return trialView(task.trial, t);
    case 'actsInDoubt':
      return actsView(task.acts, t);
    case 'expiring':
      return expiringView(task.orders, t);
    case 'refused':
      return {
        key: 'refused',
        tone: 'bad',
        icon: 'mail',
        title: t('refused', { count: task.count }),
        next: t('refusedNext'),
        verb: t('seeCauses'),
        run: () => go({ screen: 'deliveries', show: 'failed' }),
      };
    case 'failed':
      return {
        key: 'failed',
        tone: 'bad',
        icon: 'failed',
        title: t('failed', { count: task.count }),
        next: t('failedNext'),
        verb: t('seeCauses'),
        run: () => go({ screen: 'deliveries', show: 'failed' }),
      };
    case 'blocked': {
      const { lane } = task;
      const reason = lane.blockedBy === null ? '' : frame(`lampBlock.${lane.blockedBy}`);
      return {
        key: `lane ${lane.connectionId}`,
        tone: 'bad',
        icon: 'plug',
        title: t('blocked', { name: lane.connectionName, reason: reason.toLocaleLowerCase() }),
        next: [lane.blockDetail, t('blockedNext')].filter((part) => part !== null && part !== '').join(' '),
        verb: t('seeConnection'),
        run: () => go({ screen: 'settings', section: 'connections' }),
      };
    }
    case 'keptBack': {
      const { batch } = task;
      return {
        key: `kept ${batch.id}`,
        tone: 'bad',
        icon: 'batches',
        title: t('keptBack', { name: batch.fileName }),
        next: t('keptBackNext'),
        verb: t('seeBatch'),
        run: () => go(batchRoute(batch.id, 'invoices')),
      };
    }
    case 'quarantined': {
      const { batch } = task;
      return {
        key: `quarantine ${batch.id}`,
        tone: 'warn',
        icon: 'quarantine',
        title: t('quarantined', { count: task.count, name: batch.fileName }),
        next: t('quarantinedNext'),
        verb: t('seeProblems'),
        run: () => go(batchRoute(batch.id, 'problems')),
      };
    }
  }
}

/** Money may have been paid back, or an order ended: the oldest is opened. */
function actsView(acts: readonly OrderActInDoubt[], t: Words<'attention'>): TaskView {
  const [first] = acts;
  return {
    key: 'actsInDoubt',
    tone: 'doubt',
    icon: 'question',
    title: t('actsInDoubt', { count: acts.length }),
    next: t('actsInDoubtNext', { number: first?.invoiceNumber ?? '' }),
    verb: t('seeInvoice'),
    run: () => {
      if (first !== undefined) go({ screen: 'invoice', batchId: first.batchId, invoiceId: first.invoiceId });
    },
  };
}

/** Orders that nobody delivered in time are gone at the peer: the one that ends first is opened. */
function expiringView(orders: readonly ExpiringOrder[], t: Words<'attention'>): TaskView {
  const [first] = orders;
  return {
    key: 'expiring',
    tone: 'warn',
    icon: 'clock',
    title: t('expiring', { count: orders.length }),
    next: t('expiringNext', { number: first?.invoiceNumber ?? '', date: first?.expires.slice(0, 10) ?? '' }),
    verb: t('seeInvoice'),
    run: () => {
      if (first !== undefined) go({ screen: 'invoice', batchId: first.batchId, invoiceId: first.invoiceId });
    },
  };
}

/** The first few of a release have their answers; the rest waits for a decision. */
function trialView(trial: Trial, t: Words<'attention'>): TaskView {
  const isGood = trial.verdict === 'good';
  return {
    key: `trial ${String(trial.id)}`,
    tone: isGood ? 'wait' : 'bad',
    icon: isGood ? 'check' : 'failed',
    title: t(isGood ? 'trialGood' : 'trialFaulty', { count: trial.firstCount, name: trial.fileName }),
    next: t('trialNext', { count: trial.rest.count }),
    verb: t('decide'),
    run: () => go(batchRoute(trial.batchId, 'deliveries')),
  };
}
