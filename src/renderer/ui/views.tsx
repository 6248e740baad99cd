// The drawn states of a view besides "full": loading, empty, failed; and notes that stand beside what they concern.

import type { ReactNode } from 'react';
import type { AppError } from '../../shared/result.ts';
import type { MethodName } from '../../shared/contract/methods.ts';
import type { Query } from '../state/use-query.ts';
import { useWords } from '../words/use-words.ts';
import { useErrorWords } from '../words/use-error-words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import type { Tone } from './state-badge.tsx';
import './views.css';

/** Nothing here yet: what it is for, and the way forward. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  return (
    <div className="empty-state">
      <Icon name={icon} size={32} />
      <h2>{title}</h2>
      {children !== undefined && <div className="soft empty-text">{children}</div>}
      {actions !== undefined && <div className="line-up empty-actions">{actions}</div>}
    </div>
  );
}

/** What went wrong, why, and the next step, with the code for the support call. */
export function Failure({ error, onRetry }: { readonly error: AppError; readonly onRetry?: () => void }): ReactNode {
  const t = useWords('common');
  const words = useErrorWords(error);
  return (
    <Note
      tone="bad"
      icon="failed"
      title={words.title}
      {...(onRetry === undefined ? {} : { action: <Button onPress={onRetry}>{t('retry')}</Button> })}
    >
      {words.next} <span className="faint mono">{error.code}</span>
    </Note>
  );
}

/** A note beside what it concerns. `tone` decides colour and icon; the title says the state. */
export function Note({
  tone,
  icon,
  title,
  children,
  action,
}: {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <div className={`note note-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <span className={`tone-${tone} note-icon`}>
        <Icon name={icon} />
      </span>
      <div className="spread">
        <strong>{title}</strong>
        {children !== undefined && <div className="note-text">{children}</div>}
      </div>
      {action}
    </div>
  );
}

/** Grey bars where text will be; drawn only once loading is slow. */
export function Skeleton({ lines }: { readonly lines: number }): ReactNode {
  const t = useWords('common');
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="skeleton-line" />
      ))}
    </div>
  );
}

/** Draws a query's loading and failed states, and its data with `children`. An empty answer is the caller's to draw. */
export function QueryView<M extends MethodName>({
  query,
  lines = 6,
  children,
}: {
  readonly query: Query<M>;
  readonly lines?: number;
  readonly children: (data: Extract<Query<M>, { state: 'ready' }>['data']) => ReactNode;
}): ReactNode {
  if (query.state === 'loading') return query.isSlow ? <Skeleton lines={lines} /> : null;
  if (query.state === 'failed')
    return (
      <div className="view-failure">
        <Failure error={query.error} onRetry={query.reload} />
      </div>
    );
  return children(query.data);
}
