// How far something has come, as a bar with words for those who can't see it.

import type { ReactNode } from 'react';
import { ProgressBar } from 'react-aria-components';
import './progress.css';

/** `share` from 0 to 1, or null while the end is unknown. */
export function Progress({ label, share }: { readonly label: string; readonly share: number | null }): ReactNode {
  const percent = share === null ? 0 : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <ProgressBar className="progress" aria-label={label} value={percent} isIndeterminate={share === null}>
      <span
        className={share === null ? 'progress-fill progress-unknown' : 'progress-fill'}
        style={{ width: share === null ? '30%' : `${percent}%` }}
      />
    </ProgressBar>
  );
}
