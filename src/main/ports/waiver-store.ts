// The store port for waivers: warnings that somebody accepted. Every write verb is one whole transaction.

import type { Waiver } from '../../shared/schema/rules.ts';
import type { Act } from './act.ts';

/** Warnings of a rule that somebody has decided to accept in one batch. */
export interface WaiverStore {
  /** By rule id. */
  ofBatch(batchId: string): Waiver[];
  /** False when the batch has no warning (or information) of the rule. */
  waive(batchId: string, waiver: { readonly ruleId: string; readonly reason: string }, act: Act): boolean;
  /** False when there was no waiver. */
  unwaive(batchId: string, ruleId: string, act: Act): boolean;
}
