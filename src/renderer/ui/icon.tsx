// The product's own small icon set: 16-pixel line drawings in the text's colour. Decoration only; names come from the text beside them.

import type { ReactNode } from 'react';
import './icon.css';

const shapes = {
  batches: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  attention: 'M8 2.2 14.3 13.3H1.7zM8 6.4v3.2M8 11.4v.1',
  deliveries: 'M14 2 7 9M14 2l-4.4 12L7 9 2 6.4z',
  settings: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 3v3M5.5 10v3',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6 14 14',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  check: 'M2.8 8.6l3.4 3.4 7-8',
  cross: 'M4 4l8 8M12 4l-8 8',
  dot: 'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  circle: 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z',
  clock: 'M8 13.8A5.8 5.8 0 1 0 8 2.2a5.8 5.8 0 0 0 0 11.6zM8 4.8V8l2.2 1.6',
  pause: 'M5.5 3v10M10.5 3v10',
  play: 'M4.5 2.8v10.4L13 8z',
  hold: 'M3 3h10v10H3zM6.5 6v4M9.5 6v4',
  quarantine: 'M8 1.8l5 2v4c0 3.2-2 5.4-5 6.4-3-1-5-3.2-5-6.4v-4zM8 5v3.2M8 10.2v.1',
  question: 'M5.6 5.7A2.4 2.4 0 1 1 8 8.4v1.2M8 11.9v.1M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4z',
  failed: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6',
  info: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 7.2v4M8 4.8v.1',
  file: 'M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2',
  upload: 'M8 10.5V2.5M4.8 5.5 8 2.3l3.2 3.2M2.5 10.5v3h11v-3',
  download: 'M8 2.5v8M4.8 7.3 8 10.5l3.2-3.2M2.5 11.5v2h11v-2',
  mail: 'M2 3.8h12v8.4H2zM2 4.3l6 4.4 6-4.4',
  print: 'M4.5 6V2.2h7V6M4.5 11.5H2.2V6h11.6v5.5h-2.3M4.5 9.2h7v4.6h-7z',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  up: 'M3 10l5-5 5 5',
  down: 'M3 6l5 5 5-5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  refresh: 'M13.2 6.2A5.5 5.5 0 1 0 13.5 9M13.5 2.5v3.8H9.7',
  plug: 'M5.5 2v3.5M10.5 2v3.5M3.8 5.5h8.4v2.8a3.4 3.4 0 0 1-3.4 3.4H7.2a3.4 3.4 0 0 1-3.4-3.4zM8 11.7V14',
  unplug:
    'M5.5 2v2M10.5 2v3.5M7 5.5h5.2v2.8c0 .8-.3 1.6-.8 2.2M3.8 6v2.3a3.4 3.4 0 0 0 3.4 3.4h1.6M8 11.7V14M2 2l12 12',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  list: 'M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.1M2.5 8h.1M2.5 12h.1',
  release: 'M2.5 8h9M8 4.2 11.8 8 8 11.8M14 2.5v11',
  source: 'M5.5 4 1.8 8l3.7 4M10.5 4l3.7 4-3.7 4',
  zoomIn: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6 14 14M7 5v4M5 7h4',
  zoomOut: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6 14 14M5 7h4',
  width: 'M2 3v10M14 3v10M4.5 8h7M6.3 6 4.3 8l2 2M9.7 6l2 2-2 2',
  key: 'M10.5 8.5a3.2 3.2 0 1 0-3-2.1L2.2 11.7v2.1h2.4v-1.6h1.6v-1.6h1.3l1-1a3.2 3.2 0 0 0 2-1.1zM11.2 5v.1',
  trash: 'M2.5 4h11M6 4V2.3h4V4M4 4l.6 9.7h6.8L12 4',
  edit: 'M10.5 2.8l2.7 2.7L5.5 13.2l-3.2.5.5-3.2z',
  command:
    'M5.5 5.5h5v5h-5zM5.5 5.5H4a1.7 1.7 0 1 1 1.5-1.7zM10.5 5.5V3.8A1.7 1.7 0 1 1 12 5.5zM10.5 10.5H12a1.7 1.7 0 1 1-1.5 1.7zM5.5 10.5v1.7A1.7 1.7 0 1 1 4 10.5z',
  lock: 'M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  folder: 'M1.8 3.5h4.4l1.4 1.8h6.6v7.7H1.8z',
} as const satisfies Record<string, string>;

/** Name of an icon. */
export type IconName = keyof typeof shapes;

/** One icon, hidden from screen readers: put the words beside it or on its button. */
export function Icon({
  name,
  size = 16,
}: {
  readonly name: IconName;
  readonly size?: 12 | 14 | 16 | 20 | 32;
}): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
