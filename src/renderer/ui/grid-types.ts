// What a data grid is told: its columns, rows by position, order and checks. No drawing here.

import type { ReactNode } from 'react';

/** One column; `width` in pixels is the least it gets, `grow` shares out what is left. */
export interface GridColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly width: number;
  readonly grow?: number;
  readonly align?: 'left' | 'right';
  /** Left out while the grid is narrower than this, in pixels: what can be seen in the preview gives way first. */
  readonly hideBelow?: number;
  /** Only columns that the store can sort by. */
  readonly isSortable?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

/** The order of the rows: a column's id and its direction. */
export interface GridSort {
  readonly column: string;
  readonly isDescending: boolean;
}

/** Which rows have a tick. `all` and `some` are about everything that matches, not only what is loaded. */
export interface GridChecks<Row> {
  readonly state: 'none' | 'some' | 'all';
  isChecked(row: Row): boolean;
  toggle(row: Row): void;
  /** Ticks everything between two positions that is loaded. */
  toggleRange(fromIndex: number, toIndex: number): void;
  toggleAll(): void;
}

/** A long list drawn as a table with columns that can be sorted and resized; rows are fetched by the caller. */
export interface DataGridProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly total: number;
  readonly rowAt: (index: number) => Row | null;
  readonly rowId: (row: Row) => number | string;
  /** Told which rows are in view, to fetch them. */
  readonly onShow: (first: number, last: number) => void;
  readonly activeId: number | string | null;
  readonly onActivate: (row: Row, index: number) => void;
  readonly onOpen: (row: Row) => void;
  readonly sort: GridSort | null;
  readonly onSort: (sort: GridSort) => void;
  readonly checks?: GridChecks<Row>;
  /** Takes focus when drawn, so that keys work at once. */
  readonly autoFocus?: boolean;
}

/** A drawn place of the list; its row may still be on its way. */
export interface GridSlot<Row> {
  readonly index: number;
  readonly row: Row | null;
}
