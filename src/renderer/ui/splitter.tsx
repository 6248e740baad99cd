// Two parts side by side with a line between them that can be dragged or moved by arrow keys. The share is remembered by name.

import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useUi } from '../state/ui-context.tsx';
import { useWords } from '../words/use-words.ts';
import './splitter.css';

const smallest = 0.2;
const largest = 0.8;
const keyStep = 0.02;

/** Shows `first` and `second` side by side. `name` is under which the share is remembered. */
export function Splitter({
  name,
  first,
  second,
  startShare = 0.55,
}: {
  readonly name: string;
  readonly first: ReactNode;
  readonly second: ReactNode;
  readonly startShare?: number;
}): ReactNode {
  const t = useWords('common');
  const box = useRef<HTMLDivElement>(null);
  const share = useUi((state) => state.splits[name]) ?? startShare;
  const setSplit = useUi((state) => state.setSplit);
  const move = (wanted: number): void => setSplit(name, Math.min(largest, Math.max(smallest, wanted)));
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || box.current === null) return;
    const area = box.current.getBoundingClientRect();
    if (area.width > 0) move((event.clientX - area.left) / area.width);
  };
  const press = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: share - keyStep,
      ArrowRight: share + keyStep,
      Home: smallest,
      End: largest,
      Enter: startShare,
    };
    const wanted = steps[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    move(wanted);
  };
  return (
    <div className="splitter" ref={box}>
      <div className="splitter-part" style={{ flexBasis: `${share * 100}%` }}>
        {first}
      </div>
      <div
        className="splitter-line"
        role="separator"
        aria-orientation="vertical"
        aria-label={t('splitter')}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={smallest * 100}
        aria-valuemax={largest * 100}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onDoubleClick={() => move(startShare)}
        onKeyDown={press}
      />
      <div className="splitter-part splitter-rest">{second}</div>
    </div>
  );
}
