// Which icon and receipt an entry of the history has. No texts: its sentence is in shared/words/timeline-words.

import type { TimelineEntry } from '../../../shared/schema/delivery.ts';
import { orderActStates } from '../../../shared/schema/orders.ts';
import type { OrderActState } from '../../../shared/schema/orders.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/state-badge.tsx';

type Outcome = 'open' | 'accepted' | 'refused' | 'notSent' | 'throttled' | 'unknown';

const outcomes = [
  'open',
  'accepted',
  'refused',
  'notSent',
  'throttled',
  'unknown',
] as const satisfies readonly Outcome[];

/** Facts that the sentence itself tells; the rest of an attempt's facts is its receipt. */
const toldFacts: readonly string[] = [
  'connection',
  'number',
  'step',
  'outcome',
  'phase',
  'code',
  'detail',
  'reason',
  'startedAtMs',
  'dueAtMs',
  'receiptId',
  'receiptSha256',
];

const attemptLooks = {
  open: { tone: 'wait', icon: 'clock' },
  accepted: { tone: 'good', icon: 'check' },
  refused: { tone: 'bad', icon: 'failed' },
  notSent: { tone: 'wait', icon: 'refresh' },
  throttled: { tone: 'wait', icon: 'clock' },
  unknown: { tone: 'doubt', icon: 'question' },
} as const satisfies Record<Outcome, { tone: Tone; icon: IconName }>;

const kindLooks = {
  imported: { tone: 'calm', icon: 'file' },
  checked: { tone: 'calm', icon: 'check' },
  corrected: { tone: 'good', icon: 'edit' },
  uncorrected: { tone: 'calm', icon: 'refresh' },
  held: { tone: 'held', icon: 'hold' },
  unheld: { tone: 'held', icon: 'play' },
  excluded: { tone: 'calm', icon: 'minus' },
  included: { tone: 'calm', icon: 'plus' },
  letIn: { tone: 'calm', icon: 'check' },
  lookedUp: { tone: 'doubt', icon: 'search' },
  released: { tone: 'calm', icon: 'release' },
  resolved: { tone: 'doubt', icon: 'edit' },
  cancelled: { tone: 'calm', icon: 'cross' },
  retried: { tone: 'wait', icon: 'refresh' },
  deliveryHeld: { tone: 'held', icon: 'hold' },
  deliveryLetGo: { tone: 'held', icon: 'play' },
  scheduled: { tone: 'wait', icon: 'clock' },
  rerouted: { tone: 'wait', icon: 'release' },
  readdressed: { tone: 'good', icon: 'edit' },
  copied: { tone: 'doubt', icon: 'release' },
  tracked: { tone: 'calm', icon: 'file' },
  addressChosen: { tone: 'calm', icon: 'check' },
} as const satisfies Record<Exclude<TimelineEntry['kind'], 'attempt' | 'order'>, { tone: Tone; icon: IconName }>;

const actLooks = {
  sending: attemptLooks.open,
  done: attemptLooks.accepted,
  refused: attemptLooks.refused,
  notSent: attemptLooks.notSent,
  unknown: attemptLooks.unknown,
} as const satisfies Record<OrderActState, { tone: Tone; icon: IconName }>;

/** Icon and tone of an entry. */
export function lookOf(entry: TimelineEntry): { readonly tone: Tone; readonly icon: IconName } {
  if (entry.kind === 'order') return actLooks[orderActStates.find((state) => state === entry.facts.state) ?? 'sending'];
  return entry.kind === 'attempt' ? attemptLooks[outcomeOf(entry)] : kindLooks[entry.kind];
}

/** What the provider answered, by its own names; empty for everything but attempts with a receipt. */
export function receiptOf(entry: TimelineEntry): readonly (readonly [string, string])[] {
  if (entry.kind !== 'attempt') return [];
  return Object.entries(entry.facts).flatMap(([name, value]) =>
    toldFacts.includes(name) || value === null ? [] : [[name, String(value)] as const],
  );
}

function outcomeOf(entry: TimelineEntry): Outcome {
  return outcomes.find((outcome) => outcome === entry.facts.outcome) ?? 'open';
}
