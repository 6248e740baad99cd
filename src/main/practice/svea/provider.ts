// The practice Svea as a provider of the practice process: where it listens, how to log in. The service is loaded with the first request.

import { createHttpProvider } from '../http-provider.ts';
import type { HttpProvider } from '../http-provider.ts';
import type { Ledger } from '../ledger.ts';
import { sveaClients } from './clients.ts';
import type { SveaClient } from './clients.ts';
import type { SveaEntry } from './ledger-entries.ts';
import { practiceHost } from '../listener.ts';

/** How the practice Svea is started. */
export interface SveaProviderOptions {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly ledger: Ledger<SveaEntry>;
}

/** Where the practice Svea is, and who may ask it. */
export interface SveaEndpoint {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly clients: readonly SveaClient[];
}

/** Makes the provider; `listener.open()` starts it. */
export function createSveaProvider({ port, ...options }: SveaProviderOptions): HttpProvider {
  return createHttpProvider(port, async () => (await import('./service.ts')).openSveaService(options));
}

/** For the line that the practice process prints. */
export function sveaEndpoint(provider: HttpProvider, login: Pick<SveaEndpoint, 'user' | 'password'>): SveaEndpoint {
  const { port } = provider.listener;
  return {
    host: practiceHost,
    port,
    url: `http://${practiceHost}:${port}/sveawebpay.asmx`,
    user: login.user,
    password: login.password,
    clients: sveaClients,
  };
}
