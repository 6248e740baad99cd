// How a connection's limits stand in their row.

import { noLimits } from '../../shared/schema/connection-limits.ts';
import type { ConnectionLimits } from '../../shared/schema/connection-limits.ts';
import { isRateLimited } from '../domain/rate-budget.ts';
import { jsonColumns } from './json.ts';

/** A connection without limits; also what rows of before the limits have. */
export const nothingLimited = '{}';

/** For the row. */
export function limitsText(limits: ConnectionLimits): string {
  const isNothing = !isRateLimited(limits.rate) && limits.maxDocumentBytes === null && limits.hours === null;
  return isNothing ? nothingLimited : JSON.stringify(limits);
}

/** From the row; most connections have none, and are read for every lot that is claimed. */
export function limitsOf(text: string): ConnectionLimits {
  return text === nothingLimited ? noLimits : jsonColumns.limits(text);
}
