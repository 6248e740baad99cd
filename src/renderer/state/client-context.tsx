// Hands the engine's client, the query cache and the live jobs to every component. No call is made here.

import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { Client } from '../rpc/client.ts';
import { createJobs } from './jobs.ts';
import type { Jobs } from './jobs.ts';
import { createQueryCache } from './query-cache.ts';
import type { QueryCache } from './query-cache.ts';

interface EngineAccess {
  readonly client: Client;
  readonly cache: QueryCache;
  readonly jobs: Jobs;
}

const AccessContext = createContext<EngineAccess | null>(null);

/** Gives everything below access to the engine. */
export function ClientProvider({
  client,
  children,
}: {
  readonly client: Client;
  readonly children: ReactNode;
}): ReactNode {
  const access = useMemo(() => ({ client, cache: createQueryCache(client), jobs: createJobs(client) }), [client]);
  return <AccessContext.Provider value={access}>{children}</AccessContext.Provider>;
}

/** The engine's client, the cache and the jobs. Throws outside of {@link ClientProvider}: that is a bug. */
export function useEngine(): EngineAccess {
  const access = useContext(AccessContext);
  if (access === null) throw new Error('useEngine needs a ClientProvider above it.');
  return access;
}
