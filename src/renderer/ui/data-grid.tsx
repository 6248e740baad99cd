// A long list as a table: TanStack Table keeps the columns, TanStack Virtual draws only what is in view. Keys as in a desktop list.

import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import type { ColumnDef, Header } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useWords } from '../words/use-words.ts';
import { Checkbox } from './fields.tsx';
import { gridKey } from './grid-keys.ts';
import type { DataGridProps, GridChecks, GridColumn, GridSlot, GridSort } from './grid-types.ts';
import { Icon } from './icon.tsx';
import './data-grid.css';

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
type Features = typeof features;

const rowHeight = 32;
const checkWidth = 36;

/** A long list as a table. */
export function DataGrid<Row extends object>(props: DataGridProps<Row>): ReactNode {
  const { total, rowAt, onShow, rowId, activeId, checks } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const columns = useFittingColumns(props.columns, scroller);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onShow(first, last), [onShow, first, last]);

  const definitions = useMemo(() => columns.map((column) => definitionOf<Row>(column)), [columns]);
  const slots = items.map((item): GridSlot<Row> => ({ index: item.index, row: rowAt(item.index) }));
  const table = useTable({
    features,
    columns: definitions,
    data: slots,
    columnResizeMode: 'onChange',
    getRowId: (slot) => String(slot.index),
  });
  const template = templateOf(columns, table.state.columnSizing, checks !== undefined);
  const minWidth = table.getTotalSize() + (checks === undefined ? 0 : checkWidth);
  const activeIndex = slots.find(({ row }) => row !== null && rowId(row) === activeId)?.index ?? -1;
  const keys = useGridKeys(props, { activeIndex, scroller, scrollTo: (index) => virtual.scrollToIndex(index) });

  useEffect(() => {
    if (props.autoFocus === true) scroller.current?.focus({ preventScroll: true });
  }, [props.autoFocus]);

  return (
    <div
      className="grid"
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-multiselectable={checks !== undefined}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      {...(activeIndex < 0 ? {} : { 'aria-activedescendant': `${gridId}-${activeIndex}` })}
    >
      <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth }}>
        {checks !== undefined && <CheckAll checks={checks} />}
        {table.getFlatHeaders().map((header) => (
          <HeadCell
            key={header.id}
            header={header}
            column={columnOf(columns, header.id)}
            sort={props.sort}
            onSort={props.onSort}
          />
        ))}
      </div>
      <div className="grid-body" role="presentation" style={{ height: virtual.getTotalSize(), minWidth }}>
        {slots.map((slot) => (
          <GridRow
            key={slot.index}
            slot={slot}
            columns={columns}
            id={`${gridId}-${slot.index}`}
            template={template}
            isActive={slot.index === activeIndex}
            checks={checks}
            onPress={keys.onRowPress}
            onOpen={props.onOpen}
          />
        ))}
      </div>
    </div>
  );
}

function GridRow<Row extends object>({
  slot,
  columns,
  id,
  template,
  isActive,
  checks,
  onPress,
  onOpen,
}: {
  readonly slot: GridSlot<Row>;
  readonly columns: readonly GridColumn<Row>[];
  readonly id: string;
  readonly template: string;
  readonly isActive: boolean;
  readonly checks: GridChecks<Row> | undefined;
  readonly onPress: (slot: GridSlot<Row>, event: MouseEvent) => void;
  readonly onOpen: (row: Row) => void;
}): ReactNode {
  const { row, index } = slot;
  const isChecked = row !== null && checks?.isChecked(row) === true;
  return (
    <div
      className={`grid-row${isActive ? ' is-active' : ''}${isChecked ? ' is-checked' : ''}`}
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isActive || isChecked}
      style={{ gridTemplateColumns: template, transform: `translateY(${index * rowHeight}px)` }}
      onMouseDown={(event) => onPress(slot, event)}
      onDoubleClick={() => row !== null && onOpen(row)}
    >
      {checks !== undefined && (
        <div className="grid-cell grid-check" role="gridcell">
          <span className={`grid-tick${isChecked ? ' is-on' : ''}`}>
            {isChecked && <Icon name="check" size={12} />}
          </span>
        </div>
      )}
      {columns.map((column) => (
        <div key={column.id} className={column.align === 'right' ? 'grid-cell numeric' : 'grid-cell'} role="gridcell">
          {row === null ? <span className="grid-wait" /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

function HeadCell<Row extends object>({
  header,
  column,
  sort,
  onSort,
}: {
  readonly header: Header<Features, GridSlot<Row>>;
  readonly column: GridColumn<Row> | null;
  readonly sort: GridSort | null;
  readonly onSort: (sort: GridSort) => void;
}): ReactNode {
  if (column === null) return null;
  const isSorted = sort?.column === column.id;
  const direction = isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none';
  const name = <span className="clip">{column.header}</span>;
  return (
    <div
      className={column.align === 'right' ? 'grid-head-cell numeric' : 'grid-head-cell'}
      role="columnheader"
      {...(column.isSortable === true ? { 'aria-sort': direction } : {})}
    >
      {column.isSortable === true ? (
        <button
          type="button"
          className="grid-sort"
          tabIndex={-1}
          onClick={() => onSort({ column: column.id, isDescending: isSorted ? !sort.isDescending : false })}
        >
          {name}
          {isSorted && <Icon name={sort.isDescending ? 'down' : 'up'} size={12} />}
        </button>
      ) : (
        name
      )}
      <span
        className="grid-resize"
        aria-hidden="true"
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => header.column.resetSize()}
      />
    </div>
  );
}

function CheckAll<Row>({ checks }: { readonly checks: GridChecks<Row> }): ReactNode {
  const t = useWords('common');
  return (
    <div className="grid-head-cell grid-check" role="columnheader">
      <Checkbox
        label={t('chooseAll')}
        hideLabel
        isChecked={checks.state === 'all'}
        isPartly={checks.state === 'some'}
        onChange={() => checks.toggleAll()}
      />
    </div>
  );
}

/** Moving, opening and ticking by key and mouse. A row that is not loaded yet is made active as soon as it is. */
function useGridKeys<Row>(
  props: DataGridProps<Row>,
  view: {
    readonly activeIndex: number;
    readonly scroller: RefObject<HTMLDivElement | null>;
    readonly scrollTo: (index: number) => void;
  },
): { onKeyDown: (event: KeyboardEvent) => void; onRowPress: (slot: GridSlot<Row>, event: MouseEvent) => void } {
  const { rowAt, onActivate, onOpen, checks, total } = props;
  const [target, setTarget] = useState<number | null>(null);
  const lastIndex = useRef(0);
  const anchor = useRef(0);
  const targetRow = target === null ? null : rowAt(target);
  useEffect(() => {
    if (target === null || targetRow === null) return;
    lastIndex.current = target;
    setTarget(null);
    onActivate(targetRow, target);
  }, [target, targetRow, onActivate]);

  const indexNow = (): number =>
    target ?? (view.activeIndex >= 0 ? view.activeIndex : Math.min(lastIndex.current, total - 1));
  const moveTo = (index: number): void => {
    setTarget(index);
    view.scrollTo(index);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const pageRows = Math.max(1, Math.floor((view.scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const meaning = gridKey({
      key: event.key,
      isShift: event.shiftKey,
      isMod: event.ctrlKey || event.metaKey,
      index: indexNow(),
      total,
      pageRows,
    });
    if (meaning === null) return;
    const row = rowAt(indexNow());
    if (meaning.kind !== 'move' && meaning.kind !== 'open' && checks === undefined) return;
    event.preventDefault();
    if (meaning.kind === 'all') checks?.toggleAll();
    else if (meaning.kind === 'open' && row !== null) onOpen(row);
    else if (meaning.kind === 'toggle' && row !== null) {
      anchor.current = indexNow();
      checks?.toggle(row);
    } else if (meaning.kind === 'move') {
      if (meaning.isRange) checks?.toggleRange(indexNow(), meaning.to);
      moveTo(meaning.to);
    }
  };
  const onRowPress = ({ row, index }: GridSlot<Row>, event: MouseEvent): void => {
    if (row === null || event.button !== 0) return;
    const isTick = event.target instanceof Element && event.target.closest('.grid-check') !== null;
    if (event.shiftKey) {
      event.preventDefault();
      checks?.toggleRange(anchor.current, index);
    } else if (isTick || event.ctrlKey || event.metaKey) checks?.toggle(row);
    anchor.current = index;
    if (!isTick) onActivate(row, index);
    lastIndex.current = index;
  };
  return { onKeyDown, onRowPress };
}

function definitionOf<Row extends object>(column: GridColumn<Row>): ColumnDef<Features, GridSlot<Row>> {
  return { id: column.id, header: column.header, size: column.width, minSize: 48, accessorFn: (slot) => slot.index };
}

function columnOf<Row>(columns: readonly GridColumn<Row>[], id: string): GridColumn<Row> | null {
  return columns.find((column) => column.id === id) ?? null;
}

/** The columns there is room for. */
function useFittingColumns<Row>(
  columns: readonly GridColumn<Row>[],
  scroller: RefObject<HTMLDivElement | null>,
): readonly GridColumn<Row>[] {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    if (scroller.current === null) return undefined;
    setWidth(scroller.current.clientWidth);
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(entry.contentRect.width);
    });
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller]);
  return useMemo(
    () => columns.filter(({ hideBelow }) => hideBelow === undefined || width >= hideBelow),
    [columns, width],
  );
}

/** Columns the operator has sized keep their size; the others share what is left. */
function templateOf<Row>(
  columns: readonly GridColumn<Row>[],
  sizes: Readonly<Record<string, number>>,
  hasChecks: boolean,
): string {
  const tracks = columns.map(({ id, width, grow }) => {
    const size = sizes[id];
    if (size !== undefined) return `${size}px`;
    return grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`;
  });
  return [...(hasChecks ? [`${checkWidth}px`] : []), ...tracks].join(' ');
}
