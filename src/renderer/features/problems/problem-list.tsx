// The list of causes and, under the open one, its places. A tree for keyboards and screen readers; only rows in view are drawn.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { StoredProblem } from '../../../shared/schema/problem.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import { SeverityBadge, SeverityIcon } from '../../ui/state-badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useFormats, useLanguage, useWords } from '../../words/use-words.ts';
import { indexOfPlace, itemAt, itemCount } from './problem-list-items.ts';
import type { Cause, ListItem } from './problem-list-items.ts';
import type { ProblemsView } from './use-problems.ts';

const causeHeight = 60;
const placeHeight = 32;

/** Causes and places. */
export function ProblemList({ view }: { readonly view: ProblemsView }): ReactNode {
  const t = useWords('problems');
  const { causes, open, placeIndex, rows } = view;
  const scroller = useRef<HTMLDivElement>(null);
  const treeId = useId();
  const count = itemCount(causes, open);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (itemAt(causes, open, index)?.kind === 'cause' ? causeHeight : placeHeight),
    getItemKey: (index) => keyOf(itemAt(causes, open, index), open.index, index),
    overscan: 10,
  });
  const activeIndex = open.index < 0 ? 0 : open.places === 0 ? open.index : indexOfPlace(open, placeIndex);
  const items = virtual.getVirtualItems();
  const shown = items.flatMap(({ index }) => {
    const item = itemAt(causes, open, index);
    return item?.kind === 'place' ? [item.placeIndex] : [];
  });
  const first = shown[0];
  const last = shown.at(-1);
  const { show } = rows;
  useEffect(() => {
    if (first !== undefined && last !== undefined) show(first, last);
  }, [show, first, last]);
  // Heights change places when another cause opens.
  useEffect(() => virtual.measure(), [virtual, open.index, open.places]);
  useEffect(() => {
    if (open.index >= 0) virtual.scrollToIndex(activeIndex);
  }, [virtual, open.index, activeIndex]);

  return (
    <div
      className="problems-list"
      ref={scroller}
      role="tree"
      aria-label={t('listLabel')}
      tabIndex={0}
      aria-activedescendant={`${treeId}-${activeIndex}`}
      onKeyDown={(event) => onTreeKey(event, view)}
    >
      <div className="problems-rows" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const item = itemAt(causes, open, index);
          if (item === null) return null;
          return (
            <div
              key={keyOf(item, open.index, index)}
              className="problems-row"
              role="presentation"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row item={item} view={view} id={`${treeId}-${index}`} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Row({
  item,
  view,
  id,
}: {
  readonly item: ListItem;
  readonly view: ProblemsView;
  readonly id: string;
}): ReactNode {
  const t = useWords('problems');
  switch (item.kind) {
    case 'cause':
      return <CauseRow cause={item.cause} index={item.causeIndex} view={view} id={id} />;
    case 'place':
      return <PlaceRow index={item.placeIndex} view={view} id={id} />;
    case 'more':
      return <div className="problems-more faint">{t('notKept', { count: item.count })}</div>;
  }
}

function CauseRow({
  cause,
  index,
  view,
  id,
}: {
  readonly cause: Cause;
  readonly index: number;
  readonly view: ProblemsView;
  readonly id: string;
}): ReactNode {
  const t = useWords('problems');
  const common = useWords('common');
  const rules = useWords('rules');
  const words = wordsForProblem(cause.sample, useLanguage());
  const isWaived = cause.severity !== 'error' && view.waivedRules.has(cause.ruleId);
  const isOpen = view.open.index === index;
  const counts =
    cause.bySeverity.length < 2
      ? null
      : cause.bySeverity.map(({ severity, count }) => `${common(`severity.${severity}`)} ${count}`).join(', ');
  return (
    <div
      className={isOpen ? 'problems-cause is-open' : 'problems-cause'}
      role="treeitem"
      id={id}
      aria-level={1}
      aria-expanded={isOpen}
      aria-selected={isOpen}
      onClick={() => (isOpen ? view.closeCause() : view.openCause(index))}
    >
      <span className="problems-arrow">
        <Icon name={isOpen ? 'down' : 'right'} size={12} />
      </span>
      <span className="problems-cause-text">
        <span className="line-up">
          <SeverityBadge severity={cause.severity} />
          {isWaived && <span className="soft">{rules('waivedMark')}</span>}
          <strong className="clip" title={words.title}>
            {words.title}
          </strong>
        </span>
        <span className="line-up">
          <span className="faint mono problems-rule">{cause.ruleId}</span>
          <span className="soft clip" title={words.suggestion}>
            {words.suggestion}
          </span>
        </span>
      </span>
      <span className="problems-count numeric" title={counts ?? undefined}>
        <strong>{t('places', { count: cause.count })}</strong>
        <span className="faint">
          {cause.invoiceCount === null
            ? counts
            : cause.invoiceCount === 0
              ? t('wholeFile')
              : common('invoices', { count: cause.invoiceCount })}
        </span>
      </span>
    </div>
  );
}

function PlaceRow({
  index,
  view,
  id,
}: {
  readonly index: number;
  readonly view: ProblemsView;
  readonly id: string;
}): ReactNode {
  const problem = view.rows.rowAt(index);
  const isActive = view.placeIndex === index;
  return (
    <div
      className={isActive ? 'problems-place is-active' : 'problems-place'}
      role="treeitem"
      id={id}
      aria-level={2}
      aria-selected={isActive}
      aria-posinset={index + 1}
      aria-setsize={view.rows.total}
      onClick={() => view.choosePlace(index)}
    >
      {problem === null ? <span className="grid-wait" /> : <PlaceText problem={problem} />}
    </div>
  );
}

function PlaceText({ problem }: { readonly problem: StoredProblem }): ReactNode {
  const t = useWords('problems');
  const formats = useFormats();
  return (
    <>
      <SeverityIcon severity={problem.severity} />
      <span className="problems-where mono numeric">
        {problem.line === null ? '–' : `${formats.count(problem.line)}:${problem.column ?? 1}`}
      </span>
      <span className="problems-invoice clip">
        {problem.invoiceNumber === null ? t('wholeFile') : t('invoiceNumber', { number: problem.invoiceNumber })}
      </span>
      <span className="problems-found clip">
        {problem.found !== null && problem.found !== '' && <code title={t('found')}>{problem.found}</code>}
        {problem.expected !== null && (
          <>
            <span className="faint"> → </span>
            <code title={t('expected')}>{problem.expected}</code>
          </>
        )}
      </span>
    </>
  );
}

function onTreeKey(event: KeyboardEvent, view: ProblemsView): void {
  const { open, placeIndex, causes } = view;
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => view.step(1),
    ArrowUp: () => view.step(-1),
    PageDown: () => view.choosePlace(Math.min(open.places - 1, placeIndex + 10)),
    PageUp: () => view.choosePlace(Math.max(0, placeIndex - 10)),
    Home: () => view.openCause(0),
    End: () => view.openCause(causes.length - 1),
    ArrowRight: () => open.index < 0 && view.openCause(0),
    ArrowLeft: () => open.index > 0 && view.openCause(open.index - 1),
  };
  const action = actions[event.key];
  if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
}

function keyOf(item: ListItem | null, openIndex: number, index: number): string {
  if (item === null) return `none ${index}`;
  return item.kind === 'cause'
    ? `cause ${item.cause.ruleId}`
    : item.kind === 'place'
      ? `place ${openIndex} ${item.placeIndex}`
      : 'more';
}
