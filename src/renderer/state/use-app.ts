// The application's state as every screen needs it, and what connections are at hand.

import type { AppState } from '../../shared/schema/settings.ts';
import { dataOf, useQuery } from './use-query.ts';

/** The application's state, or null until the engine has answered for the first time. */
export function useAppState(): AppState | null {
  return dataOf(useQuery('app.state', {}));
}
