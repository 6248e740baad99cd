// The practice SendRegning as a provider of the practice process: where it listens, how to log in. The service is loaded with the first request.

import { createHttpProvider } from '../http-provider.ts';
import type { HttpProvider } from '../http-provider.ts';
import type { Ledger } from '../ledger.ts';
import { practiceHost } from '../listener.ts';
import type { SwsEntry } from './ledger-entries.ts';

/** How the practice SendRegning is started. */
export interface SendregningProviderOptions {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly ledger: Ledger<SwsEntry>;
}

/** Where the practice SendRegning is, and who may ask it. */
export interface SendregningEndpoint {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Makes the provider; `listener.open()` starts it. */
export function createSendregningProvider({ port, ...options }: SendregningProviderOptions): HttpProvider {
  return createHttpProvider(port, async () => (await import('./service.ts')).openSendregningService(options));
}

/** For the line that the practice process prints. */
export function sendregningEndpoint(
  provider: HttpProvider,
  login: Pick<SendregningEndpoint, 'user' | 'password'>,
): SendregningEndpoint {
  const { port } = provider.listener;
  return { host: practiceHost, port, url: `http://${practiceHost}:${port}/ws/butler.do`, ...login };
}
