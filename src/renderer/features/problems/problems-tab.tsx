// Problems of a batch, grouped by cause; `ruleId` opens one cause. The right half shows the chosen place in the source.

import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { StoredProblem } from '../../../shared/schema/problem.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { useActions } from '../../state/ui-context.tsx';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { InvoiceCompare } from '../../ui/invoice-compare.tsx';
import type { SourceMark } from '../../ui/source-view-marks.ts';
import { SourceView } from '../../ui/source-view.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { usePlainKeys } from '../../ui/use-plain-keys.ts';
import { EmptyState, Failure, QueryView } from '../../ui/views.tsx';
import { useLanguage, useWords } from '../../words/use-words.ts';
import { FixBar } from './fix-bar.tsx';
import { ProblemDetail } from './problem-detail.tsx';
import { CauseActions } from './cause-actions.tsx';
import { EarlierBatch } from './earlier-batch.tsx';
import { ProblemList } from './problem-list.tsx';
import { ProblemTools } from './problem-tools.tsx';
import { useProblems } from './use-problems.ts';
import type { ProblemsView } from './use-problems.ts';
import './problems.css';

/** Marks on either side of the chosen place: enough for what is in view. */
const marksAround = 60;

/** Problems of a batch, grouped by cause; `ruleId` opens one cause. */
export function ProblemsTab({
  batchId,
  ruleId,
}: {
  readonly batchId: string;
  readonly ruleId: string | null;
}): ReactNode {
  const t = useWords('problems');
  const view = useProblems(batchId, ruleId);
  const { step } = view;
  const next = useCallback(() => void step(1), [step]);
  const previous = useCallback(() => void step(-1), [step]);
  // In the list of commands with their keys; the keys themselves are plain ones, which the next line listens to.
  useActions(
    useMemo(
      () => [
        { id: 'problems.next', group: t('group'), label: t('next'), keys: 'f8', run: next },
        { id: 'problems.previous', group: t('group'), label: t('previous'), keys: 'shift+f8', run: previous },
      ],
      [t, next, previous],
    ),
  );
  usePlainKeys(useMemo(() => ({ n: next, p: previous, f8: next, 'shift+f8': previous }), [next, previous]));
  return (
    <div className="problems">
      <ProblemTools batchId={batchId} view={view} />
      <FixBar batchId={batchId} />
      <div className="problems-body">
        <QueryView query={view.query}>
          {({ groups }) =>
            groups.length === 0 ? (
              <EmptyState icon="check" title={view.isFiltered ? t('noneOfKind') : t('emptyTitle')}>
                {view.isFiltered ? undefined : t('emptyText')}
              </EmptyState>
            ) : (
              <Splitter
                name="problems"
                startShare={0.46}
                first={<ListPart view={view} />}
                second={<ChosenPart batchId={batchId} view={view} />}
              />
            )
          }
        </QueryView>
      </div>
    </div>
  );
}

function ListPart({ view }: { readonly view: ProblemsView }): ReactNode {
  return (
    <div className="problems-left">
      {view.rows.error !== null && (
        <div className="view-failure">
          <Failure error={view.rows.error} onRetry={view.rows.reload} />
        </div>
      )}
      <ProblemList view={view} />
    </div>
  );
}

function ChosenPart({ batchId, view }: { readonly batchId: string; readonly view: ProblemsView }): ReactNode {
  const t = useWords('problems');
  const source = useWords('source');
  const language = useLanguage();
  const { chosen, rows, placeIndex } = view;
  const place = useMemo(() => {
    const line = chosen?.line ?? null;
    return chosen === null || line === null
      ? null
      : { fileOrdinal: chosen.fileOrdinal, line, column: chosen.column ?? 1 };
  }, [chosen]);
  const marks = useMemo(() => {
    if (chosen === null) return [];
    const near = Array.from({ length: marksAround * 2 + 1 }, (_, step) => rows.rowAt(placeIndex - marksAround + step));
    const others = near.filter(
      (problem) => problem !== null && problem.id !== chosen.id && problem.fileOrdinal === chosen.fileOrdinal,
    );
    return [chosen, ...others].flatMap((problem) =>
      problem === null
        ? []
        : markOf(problem, { isMain: problem.id === chosen.id, title: wordsForProblem(problem, language).title }),
    );
  }, [chosen, rows, placeIndex, language]);
  const [isComparing, setIsComparing] = useState(true);
  const cause = view.causes[view.open.index];
  if (chosen === null) return <EmptyState icon="source" title={t('pickOne')} />;
  const hasTwin = chosen.ruleId.startsWith('core.duplicate.') && chosen.invoiceOrdinal !== null;
  return (
    <div className="problems-right">
      <ProblemDetail
        problem={chosen}
        onStep={view.step}
        // A question that is open about one cause never becomes one about another.
        actions={
          cause === undefined ? null : <CauseActions key={cause.ruleId} batchId={batchId} cause={cause} view={view} />
        }
      />
      {hasTwin && <SideChoice isComparing={isComparing} onChange={setIsComparing} />}
      {hasTwin && isComparing ? (
        <div className="problems-compare" tabIndex={0} role="region" aria-label={t('sideBySide')}>
          <InvoiceCompare batchId={batchId} ordinal={chosen.invoiceOrdinal ?? 0} />
        </div>
      ) : place === null ? (
        <NoPlace batchId={batchId} problem={chosen} />
      ) : (
        <div className="problems-source">
          <SourceView
            key={chosen.fileOrdinal}
            batchId={batchId}
            fileOrdinal={chosen.fileOrdinal}
            label={source('title')}
            place={place}
            marks={marks}
          />
        </div>
      )}
    </div>
  );
}

/** A problem of the file as a whole; where it is about an earlier batch, that one stands beside this one. */
function NoPlace({ batchId, problem }: { readonly batchId: string; readonly problem: StoredProblem }): ReactNode {
  const t = useWords('problems');
  const { otherBatch } = problem.params;
  return problem.ruleId === 'core.batch.idReused' && typeof otherBatch === 'string' ? (
    <EarlierBatch batchId={batchId} otherBatchId={otherBatch} />
  ) : (
    <EmptyState icon="file" title={t('noPlace')} />
  );
}

function SideChoice({
  isComparing,
  onChange,
}: {
  readonly isComparing: boolean;
  readonly onChange: (isComparing: boolean) => void;
}): ReactNode {
  const t = useWords('problems');
  return (
    <div className="problems-side-choice">
      <ChipRow label={t('show')}>
        <Chip label={t('sideBySide')} isOn={isComparing} onChange={() => onChange(true)} />
        <Chip label={t('inSource')} isOn={!isComparing} onChange={() => onChange(false)} />
      </ChipRow>
    </div>
  );
}

/** A problem as a mark in the source; nothing where it has no place. */
function markOf(
  problem: StoredProblem,
  look: { readonly isMain: boolean; readonly title: string },
): readonly SourceMark[] {
  if (problem.line === null) return [];
  return [
    {
      severity: problem.severity,
      line: problem.line,
      column: problem.column ?? 1,
      endLine: problem.endLine,
      endColumn: problem.endColumn,
      ...look,
    },
  ];
}
