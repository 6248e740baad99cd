// Rule: a period ends after it starts.

import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.period.order`, for the invoice's own period. */
export const periodOrder = defineRule('core.period.order', ({ periodStart, periodEnd }) => {
  if (periodStart === null || periodEnd === null || periodEnd >= periodStart) return noFindings;
  const params = { periodStart, periodEnd };
  return [finding('core.period.order', { field: 'periodEnd', found: periodEnd, expected: `≥ ${periodStart}`, params })];
});
