// Problems of a source file as marks, fetched page by page up to a limit. No drawing.

import { useEffect, useMemo, useState } from 'react';
import type { StoredProblem } from '../../../shared/schema/problem.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { useEngine } from '../../state/client-context.tsx';
import { topicsOf } from '../../state/topics.ts';
import type { SourceMark } from '../../ui/source-view-marks.ts';
import { useLanguage } from '../../words/use-words.ts';

const pageLimit = 500;
/** More flags than this help nobody; the problem list has them all. */
const mostMarks = 5_000;

/** The marks of one file, in the file's order, and how many problems the whole batch has. */
export interface FileMarks {
  readonly marks: readonly SourceMark[];
  readonly isAll: boolean;
}

/** Problems of a file as marks. Empty until the first page has come. */
export function useFileMarks(batchId: string, fileOrdinal: number): FileMarks {
  const { client } = useEngine();
  const language = useLanguage();
  const [found, setFound] = useState<{ readonly problems: readonly StoredProblem[]; readonly isAll: boolean }>({
    problems: [],
    isAll: true,
  });
  const [round, setRound] = useState(0);
  useEffect(
    () =>
      client.onEvent((event) => {
        if (event.topic === 'batches' && event.batchId === batchId && topicsOf('problem.page').includes(event.topic))
          setRound((now) => now + 1);
      }),
    [client, batchId],
  );
  useEffect(() => {
    let isWanted = true;
    const read = async (): Promise<void> => {
      const problems: StoredProblem[] = [];
      for (let offset = 0; offset < mostMarks; offset += pageLimit) {
        const page = await client.call('problem.page', { batchId, ruleId: null, offset, limit: pageLimit });
        if (!isWanted || !page.ok) return;
        problems.push(...page.value.problems);
        setFound({ problems: [...problems], isAll: problems.length >= page.value.total });
        if (page.value.problems.length === 0 || problems.length >= page.value.total) return;
      }
    };
    void read();
    return () => {
      isWanted = false;
    };
  }, [client, batchId, round]);
  return useMemo(
    () => ({
      marks: marksOfFile(found.problems, fileOrdinal, (problem) => wordsForProblem(problem, language).title),
      isAll: found.isAll,
    }),
    [found, fileOrdinal, language],
  );
}

/** Marks of one file, by place. */
export function marksOfFile(
  problems: readonly StoredProblem[],
  fileOrdinal: number,
  titleOf: (problem: StoredProblem) => string,
): readonly SourceMark[] {
  return problems
    .flatMap((problem): SourceMark[] => {
      const { line, column, endLine, endColumn, severity } = problem;
      if (line === null || problem.fileOrdinal !== fileOrdinal) return [];
      return [{ severity, line, column: column ?? 1, endLine, endColumn, title: titleOf(problem), isMain: false }];
    })
    .sort((one, other) => one.line - other.line || one.column - other.column);
}

/** Position of the next or previous mark from a place; goes round at the ends. -1 when there are none. */
export function markFrom(
  marks: readonly SourceMark[],
  at: { readonly line: number; readonly column: number },
  step: 1 | -1,
): number {
  const isAfter = (mark: SourceMark): boolean =>
    mark.line > at.line || (mark.line === at.line && mark.column > at.column);
  const isBefore = (mark: SourceMark): boolean =>
    mark.line < at.line || (mark.line === at.line && mark.column < at.column);
  const index = step === 1 ? marks.findIndex(isAfter) : marks.findLastIndex(isBefore);
  if (index >= 0) return index;
  return step === 1 ? Math.min(0, marks.length - 1) : marks.length - 1;
}
