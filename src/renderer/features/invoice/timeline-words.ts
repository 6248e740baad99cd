// Which sentence, icon and receipt an entry of the history has. Keys of words only, no texts.

import type { TimelineEntry } from '../../../shared/schema/delivery.ts';
import type { Language } from '../../../shared/schema/settings.ts';
import { fieldName } from '../../../shared/words/field-names.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/state-badge.tsx';
import type { WordValues } from '../../words/use-words.ts';

/** Keys of the history's sentences. */
export type TimelineKey =
  | 'event.imported'
  | 'event.checked'
  | 'event.checkedClean'
  | 'event.corrected'
  | 'event.uncorrected'
  | 'event.held'
  | 'event.unheld'
  | 'event.released'
  | 'event.resolvedArrived'
  | 'event.resolvedAgain'
  | 'event.lookedUpArrived'
  | 'event.lookedUpAgain'
  | 'event.cancelled'
  | 'event.retried'
  | 'event.deliveryHeld'
  | 'event.deliveryLetGo'
  | 'event.scheduled'
  | 'event.unscheduled'
  | 'event.rerouted'
  | 'event.readdressed'
  | 'event.copied'
  | `attempt.${'open' | 'accepted' | 'refused' | 'notSent' | 'throttled' | 'unknown'}`;

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
const toldFacts: readonly string[] = ['connection', 'number', 'outcome', 'phase', 'code', 'detail', 'reason'];

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
} as const satisfies Record<Exclude<TimelineEntry['kind'], 'attempt'>, { tone: Tone; icon: IconName }>;

/** Icon and tone of an entry. */
export function lookOf(entry: TimelineEntry): { readonly tone: Tone; readonly icon: IconName } {
  return entry.kind === 'attempt' ? attemptLooks[outcomeOf(entry)] : kindLooks[entry.kind];
}

/** The entry's sentence as a key and its values. */
export function sentenceOf(entry: TimelineEntry): { readonly key: TimelineKey; readonly values: WordValues } {
  const values = Object.fromEntries(Object.entries(entry.facts).map(([name, value]) => [name, value ?? '']));
  switch (entry.kind) {
    case 'attempt':
      return { key: `attempt.${outcomeOf(entry)}`, values };
    case 'checked':
      return {
        key: numberOf(entry, 'errors') + numberOf(entry, 'warnings') === 0 ? 'event.checkedClean' : 'event.checked',
        values,
      };
    case 'resolved': {
      const isArrived = entry.facts.toState === 'accepted';
      if (entry.facts.by === 'lookUp')
        return { key: isArrived ? 'event.lookedUpArrived' : 'event.lookedUpAgain', values };
      return { key: isArrived ? 'event.resolvedArrived' : 'event.resolvedAgain', values };
    }
    case 'scheduled':
      return { key: typeof entry.facts.notBeforeMs === 'number' ? 'event.scheduled' : 'event.unscheduled', values };
    default:
      return { key: `event.${entry.kind}`, values };
  }
}

/** What a correction's field is called; empty for other entries. Rows have their fields' names without the row: `lines[3].description`. */
export function fieldOf(entry: TimelineEntry, language: Language): string {
  const field = String(entry.facts.field ?? '');
  return fieldName(field, language) ?? fieldName(field.replace(/^.*\]\./u, ''), language) ?? field;
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

function numberOf(entry: TimelineEntry, name: string): number {
  const value = entry.facts[name];
  return typeof value === 'number' ? value : 0;
}
