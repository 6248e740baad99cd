// Walking a connection test: steps in order, timed, stopping at the first failure. What a step does is the adapter's.

import { testSteps } from '../../shared/schema/connection.ts';
import type { TestStep, TestStepName } from '../../shared/schema/connection.ts';
import { peerWords } from './net.ts';

/** What a step found. `hostKey` is the key an SSH server showed; the `code` of a step that passed is a remark. */
export type StepFinding =
  | { readonly ok: true; readonly code?: string; readonly detail: string; readonly hostKey?: string | null }
  | { readonly ok: false; readonly code: string; readonly detail: string; readonly hostKey?: string | null };

/** Runs the four steps; those after a failure are listed as skipped. A step that throws is a bug and is let through. */
export async function walkTestSteps(
  steps: Readonly<Record<TestStepName, () => Promise<StepFinding>>>,
): Promise<readonly TestStep[]> {
  const walked: TestStep[] = [];
  let hasFailed = false;
  for (const step of testSteps) {
    if (hasFailed) {
      walked.push({ step, state: 'skipped', code: null, detail: null, hostKey: null, tookMs: 0 });
      continue;
    }
    const startedAt = performance.now();
    const finding = await steps[step]();
    hasFailed = !finding.ok;
    walked.push({
      step,
      state: finding.ok ? 'ok' : 'failed',
      code: finding.ok ? (finding.code ?? null) : finding.code,
      detail: finding.detail === '' ? null : peerWords(finding.detail),
      hostKey: finding.hostKey ?? null,
      tookMs: Math.round(performance.now() - startedAt),
    });
  }
  return walked;
}
