// A job's outcome carries its error code as text; here it becomes one that words are known for.

import { errorCodes } from '../../shared/error-codes.ts';
import type { ErrorCode } from '../../shared/error-codes.ts';

/** The known code, or INTERNAL for one that this window does not know. */
export function codeOf(code: string): ErrorCode {
  return errorCodes.find((known) => known === code) ?? 'INTERNAL';
}
