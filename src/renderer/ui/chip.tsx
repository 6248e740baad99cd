// Filter chips: on or off, with a count where one is known.

import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import { Icon } from './icon.tsx';
import './chip.css';

/** A filter that can be on or off. */
export function Chip({
  label,
  count,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly count?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}): ReactNode {
  return (
    <ToggleButton className="chip" isSelected={isOn} onChange={onChange}>
      {isOn && <Icon name="check" size={12} />}
      {label}
      {count !== undefined && <span className="chip-count">{count}</span>}
    </ToggleButton>
  );
}

/** Chips that belong together. */
export function ChipRow({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="chip-row" role="group" aria-label={label}>
      {children}
    </div>
  );
}
