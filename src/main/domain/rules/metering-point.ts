// Rule: the metering point's number has 18 digits and its check digit right.

import { isMeteringPoint } from '../identifiers/metering-point.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.number.meteringPoint` (GSRN). */
export const meteringPoint = defineRule('core.number.meteringPoint', ({ metering }) => {
  const id = metering?.meteringPointId ?? null;
  if (id === null || isMeteringPoint(id)) return noFindings;
  return [
    finding('core.number.meteringPoint', { field: 'metering.meteringPointId', found: id, params: { number: id } }),
  ];
});
