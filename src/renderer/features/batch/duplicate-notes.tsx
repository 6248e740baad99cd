// Under a batch's header: what of it was here before. The same batch id with other content, and invoices whose numbers are taken.

import type { ReactNode } from 'react';
import type { BatchSummary } from '../../../shared/schema/batch.ts';
import type { ProblemGroup } from '../../../shared/schema/problem.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { batchRoute, go, hashOf } from '../../state/route.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';

const ids = {
  reused: 'core.batch.idReused',
  same: 'core.duplicate.store',
  conflict: 'core.duplicate.conflict',
} as const;

/** Nothing where nothing was here before. */
export function DuplicateNotes({ batch }: { readonly batch: BatchSummary }): ReactNode {
  const query = useQuery('problem.groups', { batchId: batch.id, ruleIds: Object.values(ids) });
  const groups = dataOf(query)?.groups ?? [];
  const groupOf = (ruleId: string): ProblemGroup | undefined => groups.find((group) => group.ruleId === ruleId);
  const reused = groupOf(ids.reused);
  const same = groupOf(ids.same)?.count ?? 0;
  const conflicts = groupOf(ids.conflict)?.count ?? 0;
  if (reused === undefined && same + conflicts === 0) return null;
  return (
    <div className="batch-notes stack">
      {reused !== undefined && <ReusedId group={reused} />}
      {same + conflicts > 0 && <KnownInvoices batch={batch} same={same} conflicts={conflicts} />}
    </div>
  );
}

function ReusedId({ group }: { readonly group: ProblemGroup }): ReactNode {
  const t = useWords('batch');
  const words = wordsForProblem(group.sample, useLanguage());
  const { otherBatch } = group.sample.params;
  return (
    <Note
      tone="warn"
      icon="attention"
      title={words.title}
      action={
        typeof otherBatch === 'string' ? (
          <a className="batch-note-link" href={hashOf(batchRoute(otherBatch, 'invoices'))}>
            {t('earlierBatch')}
          </a>
        ) : undefined
      }
    >
      {words.message} {words.suggestion}
    </Note>
  );
}

function KnownInvoices({
  batch,
  same,
  conflicts,
}: {
  readonly batch: BatchSummary;
  readonly same: number;
  readonly conflicts: number;
}): ReactNode {
  const t = useWords('batch');
  const ruleId = conflicts > 0 ? ids.conflict : ids.same;
  const parts = [
    ...(same > 0 ? [t('knownSame', { count: same })] : []),
    ...(conflicts > 0 ? [t('knownConflict', { count: conflicts })] : []),
  ];
  return (
    <Note
      tone={conflicts > 0 ? 'warn' : 'calm'}
      icon={conflicts > 0 ? 'attention' : 'info'}
      title={t('knownTitle', { count: same + conflicts })}
      action={
        <Button onPress={() => go(batchRoute(batch.id, 'problems', { ruleId }))}>
          {t(conflicts > 0 ? 'compareKnown' : 'showKnown')}
        </Button>
      }
    >
      {parts.join(' ')}
    </Note>
  );
}
