// Short facts as pairs of a name and a value, for headers and cards.

import type { ReactNode } from 'react';
import './facts.css';

/** A row of facts; those without a value are left out by the caller. */
export function Facts({
  items,
}: {
  readonly items: readonly { readonly name: string; readonly value: ReactNode }[];
}): ReactNode {
  return (
    <dl className="facts">
      {items.map((item) => (
        <div key={item.name} className="fact">
          <dt>{item.name}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
