// What the engine answers while its database cannot be opened: which copies there are, the restoring of one, and the error to everything else.

import { fail, ok } from '../../shared/result.ts';
import type { AppError, Result } from '../../shared/result.ts';
import { methods } from '../../shared/contract/methods.ts';
import type { MethodName } from '../../shared/contract/methods.ts';
import type { Log } from '../ports/log.ts';
import type { Shell } from '../rpc/handlers/shell.ts';
import { storageDesk } from '../rpc/handlers/storage-handlers.ts';
import { createRouter } from '../rpc/router.ts';
import type { Handlers, Router } from '../rpc/router.ts';

/** A router without a workspace behind it. `error` is what every call gets that needs one. */
export function createRescueRouter({
  error,
  shell,
  log,
}: {
  readonly error: AppError;
  readonly shell: Pick<Shell, 'storage' | 'setPractice' | 'state'>;
  readonly log: Log;
}): Router {
  const refuse = (): Promise<Result<never>> => Promise.resolve({ ok: false, error });
  const refuseAll = Object.fromEntries(
    Object.keys(methods).map((name): [string, typeof refuse] => [name, refuse]),
  ) as Readonly<Record<MethodName, typeof refuse>>;
  const handlers: Handlers = {
    ...refuseAll,
    ...storageDesk(shell.storage),
    'app.setPractice': async ({ isPractice }) => {
      const switched = await shell.setPractice(isPractice);
      return switched.ok ? ok(await shell.state()) : switched;
    },
  };
  // Nothing can be remembered where there is no store; a restore that is repeated finds its copy in place.
  return createRouter({ handlers, log, memory: { recall: () => null, remember: () => undefined } });
}

/** What every call gets while one database is closed and another is not open yet. */
export function betweenStores(): AppError {
  const refused = fail('SERVICE_UNAVAILABLE', 'A backup is being restored. Try again in a moment.');
  return refused.error;
}
