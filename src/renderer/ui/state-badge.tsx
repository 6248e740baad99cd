// States and severities as icon plus word in the state's colour; never colour alone.

import type { ReactNode } from 'react';
import type { InvoiceState } from '../../shared/schema/batch.ts';
import type { DeliveryHold, DeliveryState } from '../../shared/schema/delivery.ts';
import type { Severity } from '../../shared/schema/problem.ts';
import { useWords } from '../words/use-words.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';
import './state-badge.css';

/** Colour families of the look. */
export type Tone = 'good' | 'warn' | 'bad' | 'doubt' | 'calm' | 'wait' | 'held';

const invoiceLooks = {
  ready: { tone: 'calm', icon: 'circle' },
  held: { tone: 'held', icon: 'hold' },
  excluded: { tone: 'calm', icon: 'minus' },
  quarantined: { tone: 'warn', icon: 'quarantine' },
  waiting: { tone: 'wait', icon: 'clock' },
  sent: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'failed' },
  unknown: { tone: 'doubt', icon: 'question' },
} as const satisfies Record<InvoiceState, { tone: Tone; icon: IconName }>;

const deliveryLooks = {
  queued: { tone: 'wait', icon: 'clock' },
  claimed: { tone: 'wait', icon: 'clock' },
  sending: { tone: 'wait', icon: 'deliveries' },
  accepted: { tone: 'good', icon: 'check' },
  rejected: { tone: 'bad', icon: 'failed' },
  waiting: { tone: 'wait', icon: 'refresh' },
  unknown: { tone: 'doubt', icon: 'question' },
  failed: { tone: 'bad', icon: 'failed' },
  cancelled: { tone: 'calm', icon: 'cross' },
} as const satisfies Record<DeliveryState, { tone: Tone; icon: IconName }>;

const severityLooks = {
  error: { tone: 'bad', icon: 'failed' },
  warning: { tone: 'warn', icon: 'attention' },
  info: { tone: 'calm', icon: 'info' },
} as const satisfies Record<Severity, { tone: Tone; icon: IconName }>;

/** Colour family of an invoice's state, for bars and lamps. */
export function toneOfInvoice(state: InvoiceState): Tone {
  return invoiceLooks[state].tone;
}

/** An icon and a word in a tone. */
export function Badge({
  tone,
  icon,
  children,
}: {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`badge tone-${tone}`}>
      <Icon name={icon} size={14} />
      {children}
    </span>
  );
}

/** Where an invoice is. */
export function InvoiceStateBadge({ state }: { readonly state: InvoiceState }): ReactNode {
  const t = useWords('common');
  return <Badge {...invoiceLooks[state]}>{t(`state.${state}`)}</Badge>;
}

const holdLooks = {
  operator: { tone: 'held', icon: 'hold', key: 'held' },
  trial: { tone: 'held', icon: 'hold', key: 'heldTrial' },
  release: { tone: 'wait', icon: 'clock', key: 'heldRelease' },
} as const satisfies Record<DeliveryHold, { tone: Tone; icon: IconName; key: string }>;

/** Where a delivery is; one that is held says so in place of its place in the queue. */
export function DeliveryStateBadge({
  state,
  hold = null,
}: {
  readonly state: DeliveryState;
  readonly hold?: DeliveryHold | null;
}): ReactNode {
  const t = useWords('common');
  const steer = useWords('steer');
  if (hold === null) return <Badge {...deliveryLooks[state]}>{t(`delivery.${state}`)}</Badge>;
  const { key, ...look } = holdLooks[hold];
  return <Badge {...look}>{steer(key)}</Badge>;
}

/** How bad a problem is. */
export function SeverityBadge({ severity }: { readonly severity: Severity }): ReactNode {
  const t = useWords('common');
  return <Badge {...severityLooks[severity]}>{t(`severity.${severity}`)}</Badge>;
}

/** Only the icon of a severity, with its word for screen readers. */
export function SeverityIcon({ severity }: { readonly severity: Severity }): ReactNode {
  const t = useWords('common');
  return (
    <span className={`tone-${severityLooks[severity].tone}`} title={t(`severity.${severity}`)}>
      <Icon name={severityLooks[severity].icon} size={14} />
      <span className="visually-hidden">{t(`severity.${severity}`)}</span>
    </span>
  );
}

/** A small tag that marks an endpoint or a mode. */
export function Tag({ tone, children }: { readonly tone: Tone | 'practice'; readonly children: ReactNode }): ReactNode {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
