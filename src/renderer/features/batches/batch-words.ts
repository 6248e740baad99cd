// Which word tells the state of a whole batch, from its counts. A choice of words, not a rule of business.

import type { BatchSummary, InvoiceState } from '../../../shared/schema/batch.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/state-badge.tsx';

/** How a batch's state is shown. */
export interface BatchLook {
  readonly word:
    | 'word.keptBack'
    | 'word.attention'
    | 'word.sending'
    | 'word.ready'
    | 'word.partlySent'
    | 'word.sent'
    | 'word.sentButQuarantined'
    | 'word.nothingToSend';
  readonly tone: Tone;
  readonly icon: IconName;
}

/** The most telling state: what needs a person before what runs, before what is done. */
export function batchLook(batch: Pick<BatchSummary, 'state' | 'counts'>): BatchLook {
  const count = (state: InvoiceState): number => batch.counts.find((entry) => entry.state === state)?.count ?? 0;
  if (batch.state === 'keptBack') return { word: 'word.keptBack', tone: 'bad', icon: 'failed' };
  if (count('unknown') + count('failed') > 0) return { word: 'word.attention', tone: 'bad', icon: 'attention' };
  if (count('waiting') > 0) return { word: 'word.sending', tone: 'wait', icon: 'clock' };
  if (count('sent') > 0 && count('ready') > 0) return { word: 'word.partlySent', tone: 'calm', icon: 'deliveries' };
  if (count('sent') > 0)
    return count('quarantined') > 0
      ? { word: 'word.sentButQuarantined', tone: 'warn', icon: 'quarantine' }
      : { word: 'word.sent', tone: 'good', icon: 'check' };
  if (count('ready') > 0) return { word: 'word.ready', tone: 'calm', icon: 'circle' };
  return { word: 'word.nothingToSend', tone: 'calm', icon: 'minus' };
}
