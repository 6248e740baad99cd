// The four steps of a batch with the present one marked.

import type { ReactNode } from 'react';
import type { BatchSummary } from '../../../shared/schema/batch.ts';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../../words/use-words.ts';
import { stepsOf } from './steps.ts';

/** Imported → Checked → Released → Sent. */
export function StepLine({ batch }: { readonly batch: BatchSummary }): ReactNode {
  const t = useWords('batch');
  const words = { done: t('stepDone'), now: t('stepNow'), later: t('stepLater') } as const;
  return (
    <ol className="steps" aria-label={t('steps')}>
      {stepsOf(batch).map((step) => (
        <li
          key={step.id}
          className={`step step-${step.state}`}
          {...(step.state === 'now' ? { 'aria-current': 'step' as const } : {})}
        >
          <Icon name={step.state === 'done' ? 'check' : 'circle'} size={12} />
          {step.state === 'now' && step.id !== 'imported' ? t(`stepNow.${step.id}`) : t(`step.${step.id}`)}
          <span className="visually-hidden">{words[step.state]}</span>
        </li>
      ))}
    </ol>
  );
}
