// Problems of a batch, grouped by cause; `ruleId` opens one cause. The right half shows the chosen place in the source.

import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { severities } from '../../../shared/schema/problem.ts';
import type { Severity, StoredProblem } from '../../../shared/schema/problem.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { useActions, useSay } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Chip, ChipRow } from '../../ui/chip.tsx';
import { saveFile } from '../../ui/save-file.ts';
import type { SourceMark } from '../../ui/source-view-marks.ts';
import { SourceView } from '../../ui/source-view.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { usePlainKeys } from '../../ui/use-plain-keys.ts';
import { EmptyState, Failure, QueryView } from '../../ui/views.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { FixBar } from './fix-bar.tsx';
import { ProblemDetail } from './problem-detail.tsx';
import { ProblemList } from './problem-list.tsx';
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
  const next = useMemo(() => () => void step(1), [step]);
  const previous = useMemo(() => () => void step(-1), [step]);
  usePlainKeys(useMemo(() => ({ n: next, p: previous, f8: next, 'shift+f8': previous }), [next, previous]));
  return (
    <div className="problems">
      <ProblemTools batchId={batchId} view={view} />
      <FixBar batchId={batchId} ruleId={view.causes[view.open.index]?.ruleId ?? null} />
      <div className="problems-body">
        <QueryView query={view.query}>
          {({ groups }) =>
            groups.length === 0 ? (
              <EmptyState icon="check" title={view.shownSeverities.length === 0 ? t('emptyTitle') : t('noneOfKind')}>
                {view.shownSeverities.length === 0 ? t('emptyText') : undefined}
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

function ProblemTools({ batchId, view }: { readonly batchId: string; readonly view: ProblemsView }): ReactNode {
  const t = useWords('problems');
  const common = useWords('common');
  const formats = useFormats();
  const all = dataOf(useQuery('problem.groups', { batchId }))?.groups ?? [];
  const countOf = (severity: Severity): number =>
    all.reduce((sum, group) => sum + (group.severity === severity ? group.count : 0), 0);
  const { shownSeverities, setSeverities, causes } = view;
  const toggle = (severity: Severity, isOn: boolean): void =>
    setSeverities(severities.filter((each) => (each === severity ? isOn : shownSeverities.includes(each))));
  const exporting = useExport(batchId);
  if (all.length === 0) return null;
  return (
    <div className="problems-tools">
      <ChipRow label={t('filter')}>
        {severities
          .filter((severity) => countOf(severity) > 0)
          .map((severity) => (
            <Chip
              key={severity}
              label={common(`severity.${severity}`)}
              count={formats.count(countOf(severity))}
              isOn={shownSeverities.includes(severity)}
              onChange={(isOn) => toggle(severity, isOn)}
            />
          ))}
      </ChipRow>
      <span className="soft spread clip">{t('causes', { count: causes.length })}</span>
      <Button icon="download" tone="quiet" onPress={exporting.csv} isPending={exporting.isRunning}>
        {t('exportCsv')}
      </Button>
      <Button icon="download" tone="quiet" onPress={exporting.json} isPending={exporting.isRunning}>
        {t('exportJson')}
      </Button>
    </div>
  );
}

function useExport(batchId: string): {
  readonly csv: () => void;
  readonly json: () => void;
  readonly isRunning: boolean;
} {
  const t = useWords('problems');
  const say = useSay();
  const language = useLanguage();
  const { run, isRunning } = useCommand('problem.export');
  const exports = useMemo(() => {
    const save = (form: 'csv' | 'json') => async (): Promise<void> => {
      const result = await run({ batchId, form, language });
      if (result === null) return;
      if (result.ok)
        saveFile(
          result.value.fileName,
          result.value.text,
          form === 'csv' ? 'text/csv;charset=utf-8' : 'application/json',
        );
      else say({ tone: 'error', text: t('exportFailed') });
    };
    return { csv: () => void save('csv')(), json: () => void save('json')() };
  }, [batchId, language, run, say, t]);
  useActions(
    useMemo(
      () => [
        { id: 'problems.csv', group: t('group'), label: t('exportCsv'), run: exports.csv },
        { id: 'problems.json', group: t('group'), label: t('exportJson'), run: exports.json },
      ],
      [t, exports],
    ),
  );
  return { ...exports, isRunning };
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
  if (chosen === null) return <EmptyState icon="source" title={t('pickOne')} />;
  return (
    <div className="problems-right">
      <ProblemDetail problem={chosen} onStep={view.step} />
      {place === null ? (
        <EmptyState icon="file" title={t('noPlace')} />
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
