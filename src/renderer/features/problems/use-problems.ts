// What the problem tab is looking at: filter, open cause, place. Fetches through the shared hooks; draws nothing.

import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ProblemFilter, StoredProblem } from '../../../shared/schema/problem.ts';
import type { Language } from '../../../shared/schema/settings.ts';
import { useEngine } from '../../state/client-context.tsx';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import type { PagedRows } from '../../state/use-paged-rows.ts';
import { useUi } from '../../state/ui-context.tsx';
import { everyProblem } from '../../state/ui-store.ts';
import { dataOf, useQuery } from '../../state/use-query.ts';
import type { Query } from '../../state/use-query.ts';
import { useLanguage } from '../../words/use-words.ts';
import { causesOf, stepPlace } from './problem-list-items.ts';
import type { Cause, OpenCause } from './problem-list-items.ts';

/** The tab's state and what can be done with it. */
export interface ProblemsView {
  readonly query: Query<'problem.groups'>;
  readonly causes: readonly Cause[];
  /** Rules whose warnings somebody has accepted in this batch. */
  readonly waivedRules: ReadonlySet<string>;
  readonly filter: ProblemFilter;
  /** True while the filter hides anything. */
  readonly isFiltered: boolean;
  readonly changeFilter: (change: Partial<ProblemFilter>) => void;
  readonly open: OpenCause;
  readonly rows: PagedRows<StoredProblem, null>;
  readonly placeIndex: number;
  /** The problem the right half is about. */
  readonly chosen: StoredProblem | null;
  openCause(causeIndex: number, placeIndex?: number): void;
  closeCause(): void;
  choosePlace(placeIndex: number): void;
  /** False when there is no further place. */
  step(step: 1 | -1): boolean;
}

interface Choice {
  readonly ruleId: string | null;
  readonly placeIndex: number;
}

/** Problems of a batch; `ruleId` from the address opens that cause, else the first one is open. */
export function useProblems(batchId: string, ruleId: string | null): ProblemsView {
  const filter = useUi((state) => state.problemFilters[batchId] ?? everyProblem);
  const change = useUi((state) => state.changeProblemFilter);
  const changeFilter = useCallback((part: Partial<ProblemFilter>) => change(batchId, part), [change, batchId]);
  const language = useLanguage();
  const query = useQuery('problem.groups', { batchId, language, ...filter });
  const waivers = dataOf(useQuery('rule.waivers', { batchId }))?.waivers;
  const waivedRules = useMemo(() => new Set(waivers?.map((waiver) => waiver.ruleId)), [waivers]);
  const groups = query.state === 'ready' ? query.data.groups : null;
  const causes = useMemo(() => causesOf(groups ?? []), [groups]);
  /** Undefined until something was chosen: then the first cause is open. */
  const [choice, setChoice] = useState<Choice | undefined>(ruleId === null ? undefined : { ruleId, placeIndex: 0 });
  useEffect(() => {
    if (ruleId !== null) setChoice({ ruleId, placeIndex: 0 });
  }, [ruleId]);
  // A cause that the filter hides gives way to the first that is shown.
  const chosenRule = choice?.ruleId ?? null;
  const isHidden = chosenRule !== null && !causes.some((cause) => cause.ruleId === chosenRule);
  const openRule = choice === undefined || isHidden ? (causes[0]?.ruleId ?? null) : choice.ruleId;
  const rows = usePlaces(batchId, openRule, { filter, language });
  const openIndex = causes.findIndex((cause) => cause.ruleId === openRule);
  const places = openIndex < 0 ? 0 : rows.total;
  const open = useMemo(() => ({ index: openIndex, places }), [openIndex, places]);
  const placeIndex = Math.max(0, Math.min(isHidden ? 0 : (choice?.placeIndex ?? 0), Math.max(0, places - 1)));
  const openCause = useCallback(
    (causeIndex: number, wanted = 0) => setChoice({ ruleId: causes[causeIndex]?.ruleId ?? null, placeIndex: wanted }),
    [causes],
  );
  const closeCause = useCallback(() => setChoice({ ruleId: null, placeIndex: 0 }), []);
  const choosePlace = useCallback((wanted: number) => setChoice({ ruleId: openRule, placeIndex: wanted }), [openRule]);
  const step = useCallback(
    (direction: 1 | -1) => {
      const next = stepPlace(causes, open, { placeIndex, step: direction });
      if (next !== null) openCause(next.causeIndex, next.placeIndex);
      return next !== null;
    },
    [causes, open, placeIndex, openCause],
  );
  const { show } = rows;
  useEffect(() => show(placeIndex, placeIndex), [show, placeIndex]);
  const cause = causes[openIndex];
  const row = openIndex < 0 ? null : rows.rowAt(placeIndex);
  const chosen =
    cause === undefined ? null : row?.ruleId === cause.ruleId ? row : placeIndex === 0 ? cause.sample : null;
  return {
    query,
    causes,
    waivedRules,
    filter,
    isFiltered: isFiltering(filter),
    changeFilter,
    open,
    rows,
    placeIndex,
    chosen,
    openCause,
    closeCause,
    choosePlace,
    step,
  };
}

/** True where a filter hides anything. */
function isFiltering({ severities, ruleIds, fields, search }: ProblemFilter): boolean {
  return severities.length + ruleIds.length + fields.length > 0 || search.trim() !== '';
}

function usePlaces(
  batchId: string,
  ruleId: string | null,
  shown: { readonly filter: ProblemFilter; readonly language: Language },
): PagedRows<StoredProblem, null> {
  const { client } = useEngine();
  const { filter, language } = shown;
  return usePagedRows<StoredProblem, null>({
    method: 'problem.page',
    key: JSON.stringify([batchId, ruleId, filter, language]),
    fetchPage: async (range) => {
      // Nothing is open: nothing is asked.
      if (ruleId === null) return { ok: true, value: { total: 0, rows: [], whole: null } };
      const result = await client.call('problem.page', { batchId, language, ...filter, ruleId, ...range });
      return result.ok
        ? { ok: true, value: { total: result.value.total, rows: result.value.problems, whole: null } }
        : result;
    },
  });
}
